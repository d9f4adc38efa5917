"""Locks between processes: one ingest at a time. Short writes need none: SQLite lets them in between two articles."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import ArchiveBusy, ArchiveError
from retrieval.store.sqlite.errors import disk_full

HOLDER = "ingest.holder"

Clock = Callable[[], datetime]


@contextmanager
def ingest_lock(folder: Path, clock: Clock, wait: float) -> Iterator[None]:
    """Hold the archive for an ingest, waiting up to `wait` seconds for it (-1: without limit).

    Raises ArchiveBusy, which names the process that holds it and since when, and DiskFull. The lock ends with its
    process.
    """
    holder = folder / HOLDER
    lock = FileLock(folder / "ingest.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise ArchiveBusy(f"{_described(holder)}; let it finish, or wait for it with --wait") from None
    try:
        _write_holder(holder, clock)
        yield
    finally:
        lock.release()


def held_since(folder: Path) -> datetime | None:
    """Return since when an ingest has held the archive; None where none does, or it isn't known."""
    try:
        with FileLock(folder / "ingest.lock", timeout=0):
            return None
    except Timeout:
        pass
    try:
        return datetime.fromisoformat(json.loads((folder / HOLDER).read_text())["since"])
    except (OSError, ValueError, KeyError):
        return None


def _write_holder(holder: Path, clock: Clock) -> None:
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "since": clock().isoformat(timespec="seconds")}))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(holder) from None
        raise ArchiveError(f"{holder} can't be written: {error.strerror}") from error


def _described(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        return f"process {known['pid']} has been adding to this archive since {known['since']}"
    except (OSError, ValueError, KeyError):
        return "another process is adding to this archive"
