"""Restore a backup: check it, migrate it, and swap it with the databases of the data folder."""

import os
import shutil
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from retrieval.errors import ArchiveDamaged, ArchiveError, ReadError
from retrieval.store.archive import FILE, Archive, utc_now
from retrieval.store.backup.backup import UNFINISHED, BackupContents, check_database, contents_of, explained_writing
from retrieval.store.backup.file_swap import BEFORE_RESTORE, swap_in
from retrieval.store.sqlite.locks import Clock, ingest_lock
from retrieval.store.sqlite.private_files import make_private_file, make_private_folder

DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a zip that is damaged, encrypted or of another make raises."""


def restore(file: Path, folder: Path, names: Sequence[str], clock: Clock = utc_now) -> BackupContents:
    """Put the databases of the backup `file` in place of those in `folder`; one that the backup lacks stays.

    Raises ArchiveBusy while another program has the archive open, and ReadError for what is no backup, or can't be
    used by this version; the folder's databases are then what they were.
    """
    with explained_writing(folder):
        make_private_folder(folder)
        for left in folder.glob(f"*{BEFORE_RESTORE}"):
            raise ArchiveError(f"{left} is left from a restore that was cut short; `ontherecord doctor` says more")
        with ingest_lock(folder, clock, wait=0), TemporaryDirectory(dir=folder, prefix=UNFINISHED) as staging:
            copies = unpack(file, Path(staging), (FILE, *names))
            contents = _migrated(copies[0], file)
            swap_in(copies, folder)
            return contents


def _migrated(archive: Path, backup: Path) -> BackupContents:
    try:
        contents = contents_of(archive)
        Archive.open(archive.parent).close()
    except (ArchiveDamaged, sqlite3.Error) as error:
        raise ReadError(str(backup), f"can't be restored: {error}") from error
    return contents


def unpack(file: Path, folder: Path, names: Sequence[str]) -> list[Path]:
    """Unpack those of `names` that the backup holds, each checked. Nothing else of it is read. Raises ReadError."""
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
            return [_unpack_one(packed, name, folder / name) for name in held]
        except (*DAMAGE, ArchiveDamaged, sqlite3.DatabaseError) as error:
            raise ReadError(str(file), f"is damaged: {error}") from error


def _unpack_one(packed: ZipFile, name: str, target: Path) -> Path:
    make_private_file(target)
    with packed.open(name) as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream)
        stream.flush()
        os.fsync(stream.fileno())
    check_database(target)
    return target
