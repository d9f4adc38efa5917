"""Databases in place of others, of which none is lost until the new ones have been opened."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from retrieval.errors import ArchiveBusy
from retrieval.store.archive import Archive

BEFORE_RESTORE = ".before-restore"
PARTS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a database."""


def put_in_place(copies: Sequence[Path], folder: Path) -> None:
    """The old ones stay beside them until the new archive has been opened where it belongs."""
    places = [folder / copied.name for copied in copies]
    for place in places:
        release(place)
    try:
        for copied, place in zip(copies, places, strict=True):
            set_aside(place)
            copied.replace(place)
        Archive.open(folder).close()
    except BaseException:
        for place in places:
            put_back(place)
        raise
    for place in places:
        remove(aside(place))


def release(database: Path) -> None:
    """Fold its write-ahead log into it, which SQLite does only where nobody else has it open.

    Raises ArchiveBusy if somebody has. A damaged one is left as it is.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise ArchiveBusy(f"{database} is open in the bot or in another command; end it first") from error


def aside(database: Path) -> Path:
    return database.with_name(database.name + BEFORE_RESTORE)


def set_aside(database: Path) -> None:
    """Give it another name too, so that at no moment there is no archive; whatever stood beside it is moved."""
    if not database.exists():
        return
    try:
        aside(database).hardlink_to(database)
    except OSError:  # a file system without hard links
        shutil.copy2(database, aside(database))
    move_parts(database, aside(database))


def put_back(database: Path) -> None:
    if aside(database).exists():
        for part in PARTS:  # another database's log would be read into this one
            Path(f"{database}{part}").unlink(missing_ok=True)
        aside(database).replace(database)
        aside(database).unlink(missing_ok=True)  # both names may still be the one file
        move_parts(aside(database), database)


def move_parts(database: Path, target: Path) -> None:
    for part in PARTS:
        with suppress(FileNotFoundError):
            Path(f"{database}{part}").replace(f"{target}{part}")


def remove(database: Path) -> None:
    for part in ("", *PARTS):
        Path(f"{database}{part}").unlink(missing_ok=True)
