"""The manifest: which program makes which shipped file, from what data, with what seed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.delivery import ROOT

MANIFEST = Path(__file__).with_name("manifest.toml")


@dataclass(frozen=True, slots=True)
class Step:
    """One training program.

    `data` are files and folders relative to the repository; the program is left out where one is missing. `packages`
    must be installed. `figures` are those of the shipped file, in percent unless their name says otherwise.
    """

    program: str
    makes: str
    data: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    seed: int | None = None
    minutes: float = 5
    arguments: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Return the data that are not there."""
        return [name for name in self.data if not (ROOT / name).exists()]


def read_manifest(path: Path = MANIFEST) -> list[Step]:
    """Return the steps in the order in which they run. Raises TypeError for an unknown key."""
    steps: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["step"]
    return [Step(**{name: _frozen(value) for name, value in step.items()}) for step in steps]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
