"""How commands print: results to stdout, for programs as JSON Lines; messages in passing to stderr."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, for programs.")]

_CONTROLS = {code: "�" for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"}
_ESCAPES = {code: f"\\u{code:04x}" for code in [*range(127, 160), 0x2028, 0x2029]}
"""Characters that JSON allows unescaped, but that end a line for some programs or control a terminal."""


def visible(text: str) -> str:
    """Return the text with control characters replaced, one for one, so that offsets stay."""
    return text.translate(_CONTROLS)


def plain(text: str) -> str:
    """Return the text safe to print, with rich's markup escaped."""
    return escape(visible(text))


def write_line(value: Mapping[str, Any]) -> None:
    """Write one JSON object as a line to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False).translate(_ESCAPES) + "\n")
    sys.stdout.flush()


def write_text(text: str) -> None:
    """Write a file's whole text to stdout, line ends as they are."""
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()


def page(*, table: bool = False) -> Console:
    """Return a console on stdout that changes no words: no emoji for `:key:`, and lines are broken in tables alone."""
    return Console(highlight=False, emoji=False, soft_wrap=not table)


def messages() -> Console:
    """Return a console on stderr, for what is not a command's result."""
    return Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)


def tell_error(error: Exception) -> None:
    """Print an error as one sentence on stderr."""
    messages().print(f"[red]error:[/red] {plain(str(error))}")
