"""Whatever the program keeps is its user's alone, whatever the umask, and what was open before is narrowed."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import FILE, Archive
from retrieval.store.backup.backup import back_up
from retrieval.store.backup.restore import restore
from retrieval.store.sqlite.locks import bot_lease
from tests.retrieval.made_up_archive import NOON, article, entry


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[int]:
    return {mode(path) for path in folder.iterdir()}


def test_folder_archive_index_locks_and_backups_are_this_users_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    archive = Archive.open(data)
    archive.put(entry(article("a1", "The pier is closed.")))
    LocalEngine(archive).save()
    with archive.ingest_lock(), bot_lease(data, lambda: NOON):
        assert {"archive.sqlite-wal", "vectors.index", "ingest.lock", "bot.holder"} <= {p.name for p in data.iterdir()}
        assert (mode(data), modes(data)) == (0o700, {0o600})
    archive.close()
    back_up(data, [], tmp_path / "backup.zip")
    assert mode(tmp_path / "backup.zip") == 0o600
    restore(tmp_path / "backup.zip", tmp_path / "other", [])
    assert (mode(tmp_path / "other"), modes(tmp_path / "other")) == (0o700, {0o600})


def test_what_an_older_version_left_open_is_narrowed_and_other_files_are_left(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    (tmp_path / "judgements.sqlite").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("mine")
    for path in (tmp_path, *tmp_path.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    Archive.open(tmp_path).close()
    assert (mode(tmp_path), mode(tmp_path / FILE), mode(tmp_path / "judgements.sqlite")) == (0o700, 0o600, 0o600)
    assert mode(tmp_path / "notes.txt") == 0o644


def test_what_is_deleted_is_overwritten_at_once(archive: Archive) -> None:
    for _ in range(3):
        with archive.database.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
            connection.invalidate()
    archive.put(entry(article("a1", "The xylophone is closed. " * 400)))
    archive.remove("operator", "a1")
    archive.purge(archive.deleted_articles())
    archive.close()
    assert b"xylophone" not in (archive.folder / FILE).read_bytes()
