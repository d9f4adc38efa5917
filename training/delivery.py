"""The interface of a training program: its options, and how it hands over the file that it made.

A program is run as `python -m training.NAME [--write] [--limit N]`. Without --write (or with --check) it changes
nothing. Its last line on stdout is one JSON object, `{"file": …, "sha256": …, "figures": {…}}`; `made` prints it.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "benchmarks" / "data"
"""The annotations; their README.md describes each file."""

SHARED = ROOT.parent / "shared"
"""The benchmark's folder, beside the repository."""


def options(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options that every training program takes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--write", action="store_true", help="replace the shipped file")
    mode.add_argument("--check", action="store_true", help="make the file and report it, without writing (default)")
    parser.add_argument("--limit", type=int, metavar="N", help="use the first N examples, to try the program quickly")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the benchmark's folder (%(default)s)")
    return parser


def made(file: Path, content: bytes, figures: Mapping[str, float], *, write: bool) -> None:
    """Report a file by its hash and figures as the last line of the output, and write it if `write`."""
    if write:
        file.write_bytes(content)
    name = file.resolve().relative_to(ROOT).as_posix()
    print(json.dumps({"file": name, "sha256": hashlib.sha256(content).hexdigest(), "figures": dict(figures)}))
