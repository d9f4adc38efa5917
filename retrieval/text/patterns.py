"""Compile regular expressions that match text from outside, in time linear in its length.

Python's `re` backtracks: a short hostile line can keep some patterns busy for ever. Patterns compiled here run on RE2,
which has no backtracking and hence no lookaround and no backreferences. RE2's classes are ASCII; `linear` widens them
to what `re` accepts in a `str`.
"""

import re
from functools import lru_cache
from typing import Any, Protocol, cast

import re2

_SPACE = r"\t-\r\x1c-\x20\x{85}\p{Z}"
_WORD = r"\p{L}\p{N}_"
_DIGIT = r"\p{Nd}"
_CLASSES = {"s": _SPACE, "w": _WORD, "d": _DIGIT}
_TOKEN = re.compile(r"\\(.)|(\[\^?\]?)|(\])|([^\\\[\]]+)", re.DOTALL)
_CACHED = 512


class LinearPattern(Protocol):
    """The methods of a compiled pattern that this project uses; matches are like `re`'s."""

    @property
    def pattern(self) -> str:
        """Return the source in RE2's syntax."""

    def search(self, text: str) -> "re.Match[str] | None":
        """Return the leftmost match."""

    def match(self, text: str) -> "re.Match[str] | None":
        """Return a match at the beginning."""

    def fullmatch(self, text: str) -> "re.Match[str] | None":
        """Return a match of the whole text."""

    def finditer(self, text: str) -> Any:
        """Yield the matches that don't overlap."""

    def findall(self, text: str) -> list[Any]:
        """Return the matched texts."""

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """Return the text between the matches."""

    def sub(self, replacement: Any, text: str, count: int = 0) -> str:
        """Return the text with its matches replaced."""


@lru_cache(_CACHED)
def linear(pattern: str, *, ignore_case: bool = False, multiline: bool = False, dotall: bool = False) -> LinearPattern:
    r"""Return a compiled pattern that takes time linear in the text.

    `\s`, `\w` and `\d` accept all of Unicode as in `re`; `\b` is the boundary of an ASCII word. Raises re2.error for
    lookaround, backreferences and repeats above 1,000.
    """
    options = re2.Options()
    options.log_errors = False  # RE2 reports on stderr where it takes its slower, still linear way
    flags = "".join(flag for flag, on in (("i", ignore_case), ("m", multiline), ("s", dotall)) if on)
    widened = f"(?{flags}){_widened(pattern)}" if flags else _widened(pattern)
    return cast("LinearPattern", re2.compile(widened, options))


def _widened(pattern: str) -> str:
    r"""Return the pattern with `\s`, `\w`, `\d` and their complements as Unicode classes, and `\Z` as RE2's `\z`."""
    parts: list[str] = []
    inside = False
    for escaped, opening, closing, plain in _TOKEN.findall(pattern):
        if escaped:
            parts.append(_escape(escaped, inside))
        elif opening and not inside:
            inside = True
            parts.append(opening)
        elif closing:
            inside = False
            parts.append(closing)
        else:
            parts.append(opening.replace("[", r"\[") if opening else plain)
    return "".join(parts)


def _escape(char: str, inside: bool) -> str:
    if members := _CLASSES.get(char.lower()):
        if char.islower():
            return members if inside else f"[{members}]"
        if inside:
            raise re2.error(rf"\{char} inside a class")
        return f"[^{members}]"
    return r"\z" if char == "Z" else rf"\{char}"
