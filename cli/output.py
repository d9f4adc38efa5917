"""What programs read goes to stdout, one JSON object a line; all else that people read in passing goes to stderr."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout, for programs.")]


def write_line(value: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def messages() -> Console:
    return Console(stderr=True, highlight=False)
