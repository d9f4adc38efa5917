"""The version of the rules by which articles are analysed: a hash over their source, lexicons and weights."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

ROOMS = ("retrieval.quotes", "retrieval.text")
ANALYSIS = "analysis.py"
"""The module of `retrieval.ingest` that decides what is embedded."""
WEIGHTS = ("speakers.json", "pronouns.json", "certainty.json")
SUFFIXES = (".py", ".toml", ".txt")


@cache
def rules_version() -> int:
    """Return the version of the rules of this installation, 0..2**31-1.

    Two installations with the same rules have the same version. It fits the store's integer column; an archive that
    carries another number was made by other rules. Computed once a process, in some milliseconds.
    """
    digest = hashlib.sha256()
    for name, content in files():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return int.from_bytes(digest.digest()[:4]) >> 1


def files() -> Iterator[tuple[str, bytes]]:
    """Iterate over all files that decide what is found, in order of name, with their content."""
    for room in ROOMS:
        yield from _below(resources.files(room), room)
    yield ANALYSIS, _source(resources.files("retrieval.ingest").joinpath(ANALYSIS))
    for name in WEIGHTS:
        yield name, resources.files("retrieval.weights").joinpath(name).read_bytes()


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(SUFFIXES):
            yield f"{path}/{entry.name}", _source(entry)


def _source(file: Traversable) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")
