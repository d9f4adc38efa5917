"""The shipped weights: where they are, and the check that they are what was published. The product works without."""

import hashlib
import json
from pathlib import Path
from typing import Any

from retrieval.errors import ModelError

FITTED = Path(__file__).parent
HASHES = "sha256.json"
"""The file beside the weights that holds the sha256 of each by its name."""


def fitted_hash(name: str) -> str:
    """Return the published sha256 of a shipped file. Raises ModelError for a file without one."""
    hashes: dict[str, str] = json.loads((FITTED / HASHES).read_text(encoding="utf-8"))
    if name not in hashes:
        raise ModelError(f"no hash is known of {name}; install ontherecord again")
    return hashes[name]


def check_fitted() -> None:
    """Raise ModelError if a shipped file isn't the one that was published."""
    hashes: dict[str, str] = json.loads((FITTED / HASHES).read_text(encoding="utf-8"))
    for name, expected in hashes.items():
        if file_hash(FITTED / name) != expected:
            raise ModelError(f"{FITTED / name} is not the file that came with this version; install ontherecord again")


def read_fitted(name: str) -> Any:
    """Return the content of a shipped JSON file. Raises ModelError if it isn't the one that was published."""
    path = FITTED / name
    if file_hash(path) != fitted_hash(name):
        raise ModelError(f"{path} is not the file that came with this version; install ontherecord again")
    return json.loads(path.read_text(encoding="utf-8"))


def file_hash(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal. Raises ModelError if it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} can't be read: {error.strerror}") from error
