"""What programs read goes to stdout, one JSON object a line; all else that people read in passing goes to stderr."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout, for programs.")]

_CONTROLS = {code: "�" for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"}
_ESCAPES = {code: f"\\u{code:04x}" for code in [*range(127, 160), 0x2028, 0x2029]}
"""What JSON may hold as it is, but some programs take for the end of a line, and a terminal for an order."""


def visible(text: str) -> str:
    """`text` without what a terminal would obey instead of showing; one character for one keeps the offsets."""
    return text.translate(_CONTROLS)


def plain(text: str) -> str:
    """`text` of an article or a person as it may stand in marked-up output."""
    return escape(visible(text))


def write_line(value: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False).translate(_ESCAPES) + "\n")
    sys.stdout.flush()


def page(*, table: bool = False) -> Console:
    """Stdout, for people. Words stay as they stand: no emoji for `:key:`, and no line is broken but in a table."""
    return Console(highlight=False, emoji=False, soft_wrap=not table)


def messages() -> Console:
    return Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)
