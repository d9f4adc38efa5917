"""Check the data folder: space, permissions, the databases beside the archive, and what was left over."""

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from retrieval.doctor.findings import Finding, fine, note, wrong
from retrieval.search.local import engine as local
from retrieval.store.archive import FILE
from retrieval.store.backup.backup import UNFINISHED
from retrieval.store.backup.file_swap import BEFORE_RESTORE
from retrieval.store.sqlite.private_files import OTHERS, open_to_others

LOW_DISK = 500_000_000
"""Bytes of free space below which ingest and purge may fail."""
UNTOUCHED = timedelta(hours=1)
"""After which a temporary file counts as left over."""


def check_folder(folder: Path, now: datetime) -> Iterator[Finding]:
    """Check that the data folder can be written, has space, and holds nothing left over."""
    if not folder.is_dir():
        yield note("folder", f"{folder} doesn't exist yet", "`ontherecord ingest PATH` makes it")
        return
    closed = [path for path in (folder, *folder.glob("*.sqlite*")) if not os.access(path, os.W_OK)]
    if closed:
        yield wrong("folder", f"this user may not write to {closed[0]}", "give it to the user who runs the program")
    else:
        yield fine("folder", f"{folder} can be written")
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free"
    yield wrong("disk", said, "free some space, or move the data folder") if free < LOW_DISK else fine("disk", said)
    yield check_permissions(folder)
    yield from check_databases(folder)
    yield from check_leftovers(folder, now)


def check_permissions(folder: Path) -> Finding:
    """Check that nobody but this user may read the folder and the program's files in it."""
    folders = [folder] if folder.stat().st_mode & OTHERS else []
    files = list(open_to_others(folder))
    if not folders and not files:
        return fine("permissions", "the data folder is this user's alone")
    commands = [
        f"chmod {mode} {shlex.join(map(str, paths))}" for mode, paths in (("700", folders), ("600", files)) if paths
    ]
    said = f"other users of this machine may open {(folders + files)[0]}"
    return wrong("permissions", said, f"`{' && '.join(commands)}`")


def check_databases(folder: Path) -> Iterator[Finding]:
    """Check the databases beside the archive, which hold feedback, for damage."""
    for file in sorted(folder.glob("*.sqlite")):
        if file.name == FILE:
            continue
        try:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            found = str(error)
        if found == "ok":
            yield fine(file.stem, f"{file.name} is whole")
        else:
            remedy = (
                f"put a backup back with `ontherecord restore FILE`, or move {file} away; the bot then begins a new one"
            )
            yield wrong(file.stem, f"{file.name} is damaged ({found}), and the bot can't start", remedy)


def check_secret_file(check: str, file: Path) -> Finding | None:
    """Return a finding if others than its owner may read a file with a secret, None otherwise."""
    mode = file.stat().st_mode
    if not mode & OTHERS:
        return None
    return wrong(check, f"other users of this machine may open {file}", f"`chmod 400 {shlex.quote(str(file))}`")


def check_leftovers(folder: Path, now: datetime) -> Iterator[Finding]:
    """Report what a restore that was cut short, or a program that was ended, left behind."""
    for path in sorted(folder.glob(f"*{BEFORE_RESTORE}")):
        was = path.name.removesuffix(BEFORE_RESTORE)
        yield wrong(
            "leftovers",
            f"a restore was cut short; {path} is {was} as it was before",
            f"see by `ontherecord status` what is there now; then delete it, or move it to {was} to have it back",
        )
    for path in sorted([*folder.glob(f"{UNFINISHED}*"), *folder.glob(f"{local.FILE}.*")]):
        with suppress(FileNotFoundError):  # its program may end meanwhile
            if path.stat().st_mtime < (now - UNTOUCHED).timestamp():
                yield note("leftovers", f"{path} was left by a program that was ended", "delete it")
