"""The word lists of this benchmark, whole or one half of each: a half is tuned on, the other half is held out."""

import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")


class Split(StrEnum):
    """Which half of names, verbs, frames and sentence parts articles are made of."""

    TUNE = "tune"
    HELD = "held"
    ALL = "all"

    def of(self, items: Sequence[Item]) -> list[Item]:
        """Return every second item, or all."""
        start = {Split.TUNE: 0, Split.HELD: 1, Split.ALL: 0}[self]
        return list(items[start :: 1 if self is Split.ALL else 2])


@cache
def table(name: str) -> dict[str, Any]:
    """Return the TOML table `name` of this package."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
