"""What a full disk, a disk that can't be written, and kills leave of an archive: all that was told to be stored."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.reliability.durability import kill, remount, small_disk
from benchmarks.reliability.durability_check import Ledger, faults
from benchmarks.reliability.durability_life import live
from retrieval.errors import ArchiveError, DiskFull
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import article, entry

TEXT = "The ferry sails at noon. " * 200


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one MiB."""
    try:
        with small_disk(tmp_path) as mounted:
            yield mounted
    except SystemExit:
        pytest.skip("mounting a disk needs root")


def fill(archive: Archive) -> list[str]:
    """Store articles until the disk is full."""
    stored: list[str] = []
    with pytest.raises(DiskFull, match="is full; nothing that was stored is lost; free some space"):
        store_for_ever(archive, stored)
    return stored


def store_for_ever(archive: Archive, stored: list[str]) -> None:
    while True:
        id_ = f"a{len(stored)}"
        archive.put(entry(article(id_, TEXT)))
        stored.append(id_)


def test_a_full_disk_is_told_and_what_was_stored_is_there(disk: Path) -> None:
    archive = Archive.open(disk)
    stored = fill(archive)
    assert stored
    assert [line.id for line in archive.listing()] == stored
    assert len(LocalEngine(archive)) == archive.counts().passages
    remount(disk, "size=8m")
    archive.put(entry(article("one more", TEXT)))
    archive.close()


def test_a_purge_for_which_there_is_no_space_says_so_and_can_be_repeated(disk: Path) -> None:
    archive = Archive.open(disk)
    first, *_ = fill(archive)
    try:
        archive.remove("operator", first)
    except DiskFull:
        assert archive.find(first, {"operator"})
    else:
        with pytest.raises(DiskFull):
            archive.purge(archive.deleted_articles({"operator"}))
    remount(disk, "size=8m")
    archive.remove("operator", first)
    archive.purge(archive.deleted_articles({"operator"}))
    assert not archive.deleted_articles({"operator"})
    archive.close()


def test_a_read_only_disk_is_told_and_nothing_is_changed(disk: Path) -> None:
    archive = Archive.open(disk)
    archive.put(entry(article("a1", TEXT)))
    archive.close()
    remount(disk, "ro")
    with pytest.raises(ArchiveError, match="is read-only; nothing was changed"):
        Archive.open(disk)
    remount(disk, "rw")
    archive = Archive.open(disk)
    assert [line.id for line in archive.listing()] == ["a1"]
    archive.close()


def test_what_comes_changes_and_goes_leaves_an_archive_in_order(tmp_path: Path) -> None:
    ledger = Ledger()
    live(tmp_path, 3, ledger.take, works=5)
    assert faults(tmp_path, ledger) == []


@pytest.mark.slow
def test_ten_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    assert kill(tmp_path, 10, random.Random(10)).total() == 10
