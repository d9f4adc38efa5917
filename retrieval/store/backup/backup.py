"""Write a backup: a zip of SQLite databases, each copied by SQLite's online backup.

A zip knows when it is cut short, and has a checksum of each part. Everything else in the data folder can be made again
from the databases.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from retrieval.errors import ArchiveDamaged, ArchiveError
from retrieval.store.archive import FILE
from retrieval.store.sqlite.errors import explain
from retrieval.store.sqlite.private_files import make_private_file

UNFINISHED = "unfinished-"
"""The prefix of temporary folders; one that is left over was being written when its program was ended."""

BUSY_SECONDS = 15
"""How long a copy waits for another process's write transaction."""


@dataclass(frozen=True, slots=True)
class BackupContents:
    """How many articles and quotations a backup holds."""

    articles: int
    quotations: int


def back_up(folder: Path, names: Sequence[str], file: Path) -> BackupContents:
    """Copy the archive in `folder` to `file`, with those of the databases `names` beside it that exist.

    Bot and ingest may go on meanwhile. Raises ArchiveError, with what `file` was before still there.
    """
    if not (folder / FILE).is_file():
        raise ArchiveError(f"there is no archive in {folder}; `--data DIR` names the folder that holds it")
    with explained_writing(file), TemporaryDirectory(dir=file.parent, prefix=UNFINISHED) as staging:
        present = [name for name in (FILE, *names) if (folder / name).is_file()]
        copies = [copy_database(folder / name, Path(staging) / name) for name in present]
        contents = contents_of(copies[0])
        packed = Path(staging) / "backup.zip"
        pack(copies, packed)
        packed.replace(file)
        return contents


@contextmanager
def explained_writing(path: Path) -> Iterator[None]:
    """Raise an ArchiveError in place of SQLite's and the file system's errors about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(str(error), str(path)) from error
    except OSError as error:
        raise ArchiveError(f"{error.filename or path} can't be written: {error.strerror}") from error


def copy_database(source: Path, target: Path) -> Path:
    """Copy one state of the database to a single file. Raises ArchiveDamaged if it isn't whole."""
    with closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
    check_database(target)
    return target


def check_database(database: Path) -> None:
    """Raise ArchiveDamaged if the database isn't whole."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise ArchiveDamaged(f"{database.name} is damaged: {found}")


def contents_of(archive: Path) -> BackupContents:
    """Count what an archive's database holds."""
    with closing(sqlite3.connect(archive)) as connection:
        articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        quotations = connection.execute("SELECT count(*) FROM quotations").fetchone()[0]
    return BackupContents(articles, quotations)


def pack(files: Sequence[Path], target: Path) -> None:
    """Write a zip of `files`, on disk before this returns."""
    make_private_file(target)
    with target.open("wb") as stream:
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as packed:
            for file in files:
                packed.write(file, file.name)
        stream.flush()
        os.fsync(stream.fileno())
