"""Locks between processes: one ingest and one bot at a time. Short writes need none: SQLite lets them in between.

A lock ends with its process, however that ends. Beside it a file tells who holds it.
"""

import errno
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import ArchiveBusy, ArchiveError
from retrieval.store.sqlite.errors import disk_full
from retrieval.store.sqlite.private_files import PRIVATE_FILE, make_private_file

INGEST, BOT = "ingest", "bot"
"""What a lock is for; its files are named so."""

Clock = Callable[[], datetime]


@contextmanager
def ingest_lock(folder: Path, clock: Clock, wait: float) -> Iterator[None]:
    """Hold the archive for an ingest, waiting up to `wait` seconds for it (-1: without limit).

    Raises ArchiveBusy, which names the process that holds it and since when, and DiskFull.
    """
    lock = _lock(folder, INGEST)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        holder = _described(folder, INGEST, "{who} has been adding to this archive since {since}")
        told = holder or "another process is adding to this archive"
        raise ArchiveBusy(f"{told}; let it finish, or wait for it with --wait") from None
    try:
        _write_holder(folder, INGEST, clock)
        yield
    finally:
        lock.release()


@contextmanager
def bot_lease(folder: Path, clock: Clock) -> Iterator[None]:
    """Hold the archive for a bot: two would answer, refresh and send notices twice.

    Raises ArchiveBusy, which names the other bot, and DiskFull.
    """
    lock = _lock(folder, BOT)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = _described(folder, BOT, "{who}, since {since}")
        told = f" ({holder})" if holder else ""
        raise ArchiveBusy(
            f"another bot{told} works on the archive in {folder}; end it first, or give this one another data folder"
        ) from None
    try:
        _write_holder(folder, BOT, clock)
        yield
    finally:
        lock.release()


def held_since(folder: Path) -> datetime | None:
    """Return since when an ingest has held the archive; None where none does, or it isn't known."""
    try:
        with FileLock(_lock_file(folder, INGEST), timeout=0, mode=PRIVATE_FILE):
            return None
    except Timeout:
        pass
    try:
        return datetime.fromisoformat(json.loads(_holder_file(folder, INGEST).read_text())["since"])
    except (OSError, ValueError, KeyError):
        return None


def _lock(folder: Path, purpose: str) -> FileLock:
    return FileLock(_lock_file(folder, purpose), mode=PRIVATE_FILE)


def _lock_file(folder: Path, purpose: str) -> Path:
    return folder / f"{purpose}.lock"


def _holder_file(folder: Path, purpose: str) -> Path:
    return folder / f"{purpose}.holder"


def _write_holder(folder: Path, purpose: str, clock: Clock) -> None:
    file = _holder_file(folder, purpose)
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": clock().isoformat(timespec="seconds")}
    try:
        make_private_file(file)
        file.write_text(json.dumps(holder))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(file) from None
        raise ArchiveError(f"{file} can't be written: {error.strerror}") from error


def _described(folder: Path, purpose: str, sentence: str) -> str | None:
    """Return who holds the lock in words, None where that isn't known."""
    try:
        known = json.loads(_holder_file(folder, purpose).read_text())
        host = known.get("host", socket.gethostname())
        who = f"process {known['pid']}" + ("" if host == socket.gethostname() else f" on {host}")
        return sentence.format(who=who, since=known["since"])
    except (OSError, ValueError, KeyError, AttributeError):
        return None
