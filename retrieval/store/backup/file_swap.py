"""Swap databases for others so that none is lost, wherever the swap is cut short."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from retrieval.errors import ArchiveBusy
from retrieval.store.archive import Archive

BEFORE_RESTORE = ".before-restore"
"""The suffix under which an old database stands beside the new one until that has been opened."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""Suffixes of what SQLite may keep beside a database."""


def swap_in(copies: Sequence[Path], folder: Path) -> None:
    """Move `copies` into `folder`. The old databases stay beside them until the new archive has been opened there."""
    databases = [folder / copied.name for copied in copies]
    for database in databases:
        fold_log(database)
    try:
        for copied, database in zip(copies, databases, strict=True):
            move_aside(database)
            copied.replace(database)
        Archive.open(folder).close()
    except BaseException:
        for database in databases:
            move_back(database)
        raise
    for database in databases:
        delete_database(old_name(database))


def fold_log(database: Path) -> None:
    """Fold the write-ahead log into the database, which SQLite does only where nobody else has it open.

    Raises ArchiveBusy if another process has. A damaged database is left as it is.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise ArchiveBusy(f"{database} is open in the bot or in another command; end it first") from error


def old_name(database: Path) -> Path:
    """Return the path under which the old database is kept during the swap."""
    return database.with_name(database.name + BEFORE_RESTORE)


def move_aside(database: Path) -> None:
    """Give the database its second name, so that at no moment there is no archive, and move what stands beside it."""
    if not database.exists():
        return
    try:
        old_name(database).hardlink_to(database)
    except OSError:  # a file system without hard links
        shutil.copy2(database, old_name(database))
    move_side_files(database, old_name(database))


def move_back(database: Path) -> None:
    """Undo `move_aside`, in place of whatever has the database's name."""
    if old_name(database).exists():
        for suffix in SIDE_FILES:  # another database's log would be read into this one
            Path(f"{database}{suffix}").unlink(missing_ok=True)
        old_name(database).replace(database)
        old_name(database).unlink(missing_ok=True)  # both names may still be the one file
        move_side_files(old_name(database), database)


def move_side_files(database: Path, target: Path) -> None:
    """Move what SQLite keeps beside a database."""
    for suffix in SIDE_FILES:
        with suppress(FileNotFoundError):
            Path(f"{database}{suffix}").replace(f"{target}{suffix}")


def delete_database(database: Path) -> None:
    """Delete a database and what SQLite keeps beside it."""
    for suffix in ("", *SIDE_FILES):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
