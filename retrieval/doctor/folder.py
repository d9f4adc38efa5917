"""Check the data folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from retrieval.doctor.findings import Finding, fine, note, wrong
from retrieval.search.local import engine as local
from retrieval.store.backup.backup import UNFINISHED
from retrieval.store.backup.file_swap import BEFORE_RESTORE

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
    yield from check_leftovers(folder, now)


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
