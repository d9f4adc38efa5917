"""Turn SQLite's and the disk's errors into ArchiveErrors that say what to do."""

import os
from pathlib import Path

from retrieval.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, DiskFull

NO_SPACE = 256 * 1024
"""Bytes. With fewer left SQLite can't set up the files that it works with, and doesn't always say why."""


def explain(message: str, path: str) -> ArchiveError:
    """Return the error to raise for SQLite's `message` about the database at `path`."""
    lowered = message.lower()
    unable, full = "unable to open" in lowered, "is full" in lowered
    if "locked" in lowered:
        return ArchiveBusy(f"{path} is being written by another process; try again in a moment")
    if full or ((unable or "i/o" in lowered) and no_space(path)):
        return disk_full(path)
    if unable or "readonly" in lowered:
        return not_writable(path)
    if "malformed" in lowered or "not a database" in lowered:
        return ArchiveDamaged(f"{path} is damaged ({message}); put a backup back, or move it away and ingest again")
    return ArchiveDamaged(f"{path} can't be used: {message}")


def disk_full(path: Path | str) -> DiskFull:
    """Return the error for a disk without space."""
    return DiskFull(
        f"the disk that holds {path} is full; nothing that was stored is lost; "
        "free some space and run the command again"
    )


def not_writable(path: str) -> ArchiveError:
    """Return the error for a database that can't be opened for writing."""
    if on_read_only_disk(path):
        return ArchiveError(f"the disk that holds {path} is read-only; nothing was changed; make it writable again")
    return ArchiveError(f"{path} can't be opened for writing; check that this user may write to its folder")


def no_space(path: str) -> bool:
    """Return whether the disk that holds the file has less than NO_SPACE left."""
    try:
        disk = os.statvfs(Path(path).parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < NO_SPACE


def on_read_only_disk(path: str) -> bool:
    """Return whether the file system that holds the file is mounted read-only."""
    try:
        return bool(os.statvfs(Path(path).parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False
