"""Keep the data folder and its files to the user who runs the program: folders 0700, files 0600."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600

OTHERS = 0o077
"""The permission bits of everybody but the owner."""

KEPT_FILES = ("*.sqlite*", "vectors.index*", "*.lock", "*.holder", "commands.json", "guilds.json", "bot.alive")
"""What the program keeps in a data folder. Other files there may be anybody's, and are left alone."""


def keep_private() -> None:
    """Let this process and its children make files for this user alone. To be called where a program starts."""
    os.umask(OTHERS)


def make_private_folder(folder: Path) -> None:
    """Make the folder if need be, and take from others what they may do in it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    narrow(folder)


def make_private_file(file: Path) -> None:
    """Make an empty file if there is none, for this user alone. Raises OSError."""
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, PRIVATE_FILE))


def narrow_files(folder: Path) -> None:
    """Take from others what they may do with the program's files in the folder, as far as these are this user's."""
    for file in open_to_others(folder):
        narrow(file)


def open_to_others(folder: Path) -> Iterator[Path]:
    """Yield the program's files in the folder that others than their owner may read or write."""
    for pattern in KEPT_FILES:
        for file in sorted(folder.glob(pattern)):
            with suppress(FileNotFoundError):  # SQLite's own come and go
                mode = file.lstat().st_mode
                if stat.S_ISREG(mode) and mode & OTHERS:
                    yield file


def narrow(path: Path) -> None:
    """Take the permissions of others from a file or folder; nothing where it is another user's."""
    with suppress(PermissionError, FileNotFoundError):
        mode = path.stat().st_mode
        if mode & OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
