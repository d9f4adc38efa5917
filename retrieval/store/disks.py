"""What a disk says when an archive can't be written, and how a person is told."""

import os
from pathlib import Path

from retrieval.errors import DiskFull

NO_SPACE = 256 * 1024
"""Bytes. With fewer left SQLite can't set up the files that it works with, and doesn't always say why."""


def disk_full(path: Path | str) -> DiskFull:
    return DiskFull(
        f"the disk that holds {path} is full; nothing that was stored is lost; "
        "free some space and run the command again"
    )


def no_space(path: str) -> bool:
    """Whether the disk that holds the file has next to no space left."""
    try:
        disk = os.statvfs(Path(path).parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < NO_SPACE


def read_only(path: str) -> bool:
    """Whether the disk that holds the file takes no writing from anybody."""
    try:
        return bool(os.statvfs(Path(path).parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False
