"""The tree of the source files, as the tests of structure look at it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "cli", "config", "retrieval", "training")


def modules(*roots: str) -> Iterator[Path]:
    """Yield the Python files below the folders `roots` of the repository, sorted by path."""
    for root in roots:
        yield from sorted(path for path in (ROOT / root).rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """Return a path as the repository names it, such as `retrieval/store/archive.py`."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def packages(*roots: str) -> Iterator[Path]:
    """Yield the folders below `roots` that hold an `__init__.py`, sorted by path."""
    yield from (path.parent for path in modules(*roots) if path.name == "__init__.py")
