"""Copies of the archive that are whole although others write to it, and the way back from them.

A backup is a zip of SQLite databases, each copied by SQLite's own online backup: a zip knows when it is cut short, and
has a checksum of each part. Whatever else lies in the data folder is made again from them.
"""

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from retrieval.errors import ArchiveDamaged, ArchiveError, ReadError
from retrieval.store.archive import FILE, Archive, utc_now
from retrieval.store.database import explanation
from retrieval.store.file_swap import BEFORE_RESTORE, put_in_place
from retrieval.store.lock import Clock, ingest_lock

UNFINISHED = "unfinished-"

DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a zip that is damaged, encrypted or of another make raises."""


@dataclass(frozen=True, slots=True)
class Held:
    articles: int
    quotations: int


def back_up(folder: Path, names: Sequence[str], file: Path) -> Held:
    """Copy the archive in `folder` to `file`, and those of the databases `names` beside it that there are.

    Bot and ingest may go on meanwhile. Raises ArchiveError, with what `file` was before still there.
    """
    if not (folder / FILE).is_file():
        raise ArchiveError(f"there is no archive in {folder}; `--data DIR` names the folder that holds it")
    with explained(file), TemporaryDirectory(dir=file.parent, prefix=UNFINISHED) as staging:
        copies = [copy(folder / name, Path(staging) / name) for name in (FILE, *names) if (folder / name).is_file()]
        held = held_by(copies[0])
        packed = Path(staging) / "backup.zip"
        pack(copies, packed)
        packed.replace(file)
        return held


def restore(file: Path, folder: Path, names: Sequence[str], clock: Clock = utc_now) -> Held:
    """Put the databases of the backup `file` in place of those in `folder`; one that the backup lacks stays.

    Raises ArchiveBusy while another program has the archive open, and ReadError for what is no backup, or can't be
    used by this version; the folder's databases are then what they were.
    """
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for aside in folder.glob(f"*{BEFORE_RESTORE}"):
            raise ArchiveError(f"{aside} is left from a restore that was cut short; `ontherecord doctor` says more")
        with ingest_lock(folder, clock, wait=0), TemporaryDirectory(dir=folder, prefix=UNFINISHED) as staging:
            copies = unpack(file, Path(staging), (FILE, *names))
            try:
                held = held_by(copies[0])
                Archive.open(Path(staging)).close()  # migrates it
            except (ArchiveDamaged, sqlite3.Error) as error:
                raise ReadError(str(file), f"can't be restored: {error}") from error
            put_in_place(copies, folder)
            return held


@contextmanager
def explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explanation(str(error), str(path)) from error
    except OSError as error:
        raise ArchiveError(f"{error.filename or path} can't be written: {error.strerror}") from error


def copy(source: Path, target: Path) -> Path:
    """One state of the database, as a single file. Raises ArchiveDamaged if it isn't whole."""
    with closing(sqlite3.connect(source, timeout=15)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
    check(target)
    return target


def check(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise ArchiveDamaged(f"{database.name} is damaged: {found}")


def held_by(archive: Path) -> Held:
    with closing(sqlite3.connect(archive)) as connection:
        return Held(
            *(
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("articles", "quotations")
            )
        )


def pack(files: Sequence[Path], target: Path) -> None:
    with target.open("wb") as stream:
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as packed:
            for file in files:
                packed.write(file, file.name)
        stream.flush()
        os.fsync(stream.fileno())


def unpack(file: Path, folder: Path, names: Sequence[str]) -> list[Path]:
    """Those of `names` that the backup holds, each whole. Nothing else of it is read."""
    try:
        packed = ZipFile(file)
    except OSError as error:
        raise ReadError(str(file), f"can't be read: {error.strerror}") from error
    except DAMAGE:
        raise ReadError(str(file), "is no backup, or was cut short") from None
    with packed:
        held = [name for name in names if name in packed.namelist()]
        if FILE not in held:
            raise ReadError(str(file), f"is no backup: it holds no {FILE}")
        needed = sum(packed.getinfo(name).file_size for name in held)
        if needed > shutil.disk_usage(folder).free:
            raise ArchiveError(f"restoring {file} takes {needed / 1e6:.0f} MB, which {folder.parent} doesn't have")
        try:
            return [unpack_one(packed, name, folder / name) for name in held]
        except (*DAMAGE, ArchiveDamaged, sqlite3.DatabaseError) as error:
            raise ReadError(str(file), f"is damaged: {error}") from error


def unpack_one(packed: ZipFile, name: str, target: Path) -> Path:
    with packed.open(name) as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream)
        stream.flush()
        os.fsync(stream.fileno())
    check(target)
    return target
