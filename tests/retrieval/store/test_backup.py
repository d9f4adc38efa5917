import os
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.errors import ArchiveBusy, ArchiveError, ReadError
from retrieval.store.archive import FILE, Archive
from retrieval.store.backup.backup import BackupContents, back_up
from retrieval.store.backup.file_swap import BEFORE_RESTORE
from retrieval.store.backup.restore import restore
from tests.retrieval.made_up_archive import article, entry, make_old_archive, open_archive, quotation

ROOT = Path(__file__).parents[3]
OPINIONS = "opinions.sqlite"
TEXT = "The pier is closed. “It will open again in May,” said Ada Brook."


def fill(folder: Path, *ids: str) -> None:
    archive = open_archive(folder)
    for id_ in ids:
        archive.put(entry(article(id_, TEXT), [quotation(TEXT, "It will open again in May,")]))
    archive.close()


def ids(folder: Path) -> list[str]:
    archive = Archive.open(folder)
    found = [line.id for line in archive.listing()]
    archive.close()
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def change(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of an archive that holds a1."""
    fill(tmp_path / "source", "a1")
    back_up(tmp_path / "source", [], tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def rewritten(backup: Path, change: Callable[[Path], None]) -> Path:
    """The backup of an archive that was changed, so that the zip itself is in order."""
    with zipfile.ZipFile(backup) as packed:
        packed.extract(FILE, backup.parent)
    change(backup.parent / FILE)
    with zipfile.ZipFile(backup, "w") as packed:
        packed.write(backup.parent / FILE, FILE)
    return backup


def test_a_backup_taken_while_articles_are_being_stored_opens_and_is_whole(tmp_path: Path) -> None:
    fill(tmp_path / "data", "a0")
    stop = threading.Event()

    def store() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            fill(tmp_path / "data", f"a{number}")

    thread = threading.Thread(target=store)
    thread.start()
    try:
        for number in range(5):
            held = back_up(tmp_path / "data", [], tmp_path / f"{number}.zip")
            assert restore(tmp_path / f"{number}.zip", tmp_path / f"{number}", []) == held
            restored = Archive.open(tmp_path / f"{number}")
            assert held.articles == held.quotations == restored.counts().articles
            assert [line.id for line in restored.listing()] == [f"a{n}" for n in range(held.articles)]
            assert {(line.passages, line.quotations) for line in restored.listing()} == {(2, 1)}
            restored.close()
    finally:
        stop.set()
        thread.join()


def test_the_databases_beside_the_archive_come_along_if_there_are_any(tmp_path: Path) -> None:
    fill(tmp_path / "data", "a1")
    change(tmp_path / "data" / OPINIONS, "CREATE TABLE opinions AS SELECT 'right' AS opinion")
    assert back_up(tmp_path / "data", [OPINIONS, "none.sqlite"], tmp_path / "backup.zip") == BackupContents(1, 1)
    restore(tmp_path / "backup.zip", tmp_path / "new", [OPINIONS, "none.sqlite"])
    with sqlite3.connect(tmp_path / "new" / OPINIONS) as connection:
        assert connection.execute("SELECT opinion FROM opinions").fetchall() == [("right",)]
    connection.close()
    assert ids(tmp_path / "new") == ["a1"]


def test_restoring_replaces_the_archive_and_leaves_nothing_beside_it(backup: Path, tmp_path: Path) -> None:
    fill(tmp_path / "data", "b1", "b2")
    assert restore(backup, tmp_path / "data", []) == BackupContents(1, 1)
    assert ids(tmp_path / "data") == ["a1"]
    assert set(files(tmp_path / "data")) == {FILE, "ingest.holder"}


def test_an_archive_that_is_damaged_can_be_replaced(backup: Path, tmp_path: Path) -> None:
    fill(tmp_path / "data", "b1")
    (tmp_path / "data" / FILE).write_bytes(b"no database" * 1000)
    restore(backup, tmp_path / "data", [])
    assert ids(tmp_path / "data") == ["a1"]


def cut_short(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])


def one_bit_turned(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)


def no_zip(backup: Path) -> None:
    backup.write_text("an article")


def another_zip(backup: Path) -> None:
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr("../escaped", "no")


def a_page_overwritten(backup: Path) -> None:
    def overwrite(database: Path) -> None:
        content = bytearray(database.read_bytes())
        content[4096 * 2 : 4096 * 4] = b"\7" * 4096 * 2
        database.write_bytes(content)

    rewritten(backup, overwrite)


def another_database(backup: Path) -> None:
    def replace(database: Path) -> None:
        database.unlink()
        change(database, "CREATE TABLE recipes (cake)")

    rewritten(backup, replace)


def of_a_newer_version(backup: Path) -> None:
    rewritten(backup, lambda database: change(database, "UPDATE alembic_version SET version_num = '9999'"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut_short, "is no backup, or was cut short"),
        (one_bit_turned, "damaged"),
        (no_zip, "is no backup"),
        (another_zip, "is no backup"),
        (a_page_overwritten, "damaged"),
        (another_database, "can't be restored"),
        (of_a_newer_version, "update ontherecord"),
        (Path.unlink, "can't be read"),
    ],
)
def test_a_backup_that_is_damaged_or_none_is_refused_and_the_archive_stays(
    backup: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    fill(tmp_path / "data", "b1")
    spoil(backup)
    before = files(tmp_path / "data")
    with pytest.raises(ReadError, match=said) as refusal:
        restore(backup, tmp_path / "data", [])
    assert str(backup) in str(refusal.value)
    assert {name: content for name, content in files(tmp_path / "data").items() if name != "ingest.holder"} == before
    assert not (tmp_path / "escaped").exists()


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup: Path, tmp_path: Path) -> None:
    def age(database: Path) -> None:
        database.unlink()
        make_old_archive(database, "0001")

    restore(rewritten(backup, age), tmp_path / "data", [])
    assert ids(tmp_path / "data") == ["a1"]


def test_nothing_is_restored_while_an_ingest_holds_the_archive(backup: Path, tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "data")
    with archive.ingest_lock(), pytest.raises(ArchiveBusy, match="adding to this archive"):
        restore(backup, tmp_path / "data", [])
    archive.close()


def test_nothing_is_restored_while_the_bot_has_the_archive_open(backup: Path, tmp_path: Path) -> None:
    fill(tmp_path / "data", "b1")
    archive = Archive.open(tmp_path / "data")
    with pytest.raises(ArchiveBusy, match="open in the bot"):
        restore(backup, tmp_path / "data", [])
    assert [line.id for line in archive.listing()] == ["b1"]
    archive.close()


def test_the_old_archive_comes_back_if_the_new_one_does_not_open(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "data", "b1")
    opened = Archive.open

    def fail(folder: Path) -> Archive:
        if folder == tmp_path / "data":
            raise ArchiveError("the disk has gone")
        return opened(folder)

    monkeypatch.setattr(Archive, "open", fail)
    with pytest.raises(ArchiveError, match="has gone"):
        restore(backup, tmp_path / "data", [])
    monkeypatch.undo()
    assert ids(tmp_path / "data") == ["b1"]


def test_what_a_restore_that_was_cut_short_set_aside_is_never_overwritten(backup: Path, tmp_path: Path) -> None:
    fill(tmp_path / "data", "b1")
    (tmp_path / "data" / FILE).rename(tmp_path / "data" / (FILE + BEFORE_RESTORE))
    with pytest.raises(ArchiveError, match="cut short"):
        restore(backup, tmp_path / "data", [])


def test_a_damaged_archive_is_not_backed_up_over_a_good_backup(backup: Path, tmp_path: Path) -> None:
    good = backup.read_bytes()
    content = bytearray((tmp_path / "source" / FILE).read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\7" * 4096 * 2
    (tmp_path / "source" / FILE).write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"):
        back_up(tmp_path / "source", [], backup)
    assert backup.read_bytes() == good
    assert {path.name for path in tmp_path.iterdir()} == {"source", "backup.zip"}


def test_a_folder_without_an_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive"):
        back_up(tmp_path, [], tmp_path / "backup.zip")


RESTORE_AND_DIE = """
import os, sys
from pathlib import Path
from retrieval.store.backup import file_swap, restore

for module in (restore, file_swap):
    if hasattr(module, sys.argv[3]):
        setattr(module, sys.argv[3], lambda *_: os._exit(9))
restore.restore(Path(sys.argv[1]), Path(sys.argv[2]), [])
"""


@pytest.mark.parametrize(("step", "holds"), [("swap_in", "b1"), ("move_side_files", "b1"), ("delete_database", "a1")])
def test_a_restore_that_is_killed_leaves_the_old_archive_or_the_new_one(
    backup: Path, tmp_path: Path, step: str, holds: str
) -> None:
    fill(tmp_path / "data", "b1")
    command = [sys.executable, "-c", RESTORE_AND_DIE, str(backup), str(tmp_path / "data"), step]
    assert subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode == 9
    assert ids(tmp_path / "data") == [holds]
    for aside in (tmp_path / "data").glob(f"*{BEFORE_RESTORE}"):
        aside.unlink()
    restore(backup, tmp_path / "data", [])
    assert ids(tmp_path / "data") == ["a1"]
