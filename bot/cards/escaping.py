"""Text from articles and people, made harmless for Discord: nothing pings, nothing renders as something else."""

import re
import unicodedata

CUT = "[…]"
"""Stands for words that were left out."""

_STACK = 4
_SILENT = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
_JOINERS = frozenset("\u200c\u200d")
_BLANKS = re.compile(r"\s+")
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_INLINE = re.compile(r"([\\*_~|`<>\[\]@])")
_LINE_START = re.compile(r"^([^\S\n]*)([#+-]|\d+(?=[.)]))", re.MULTILINE)
_COLON = re.compile(r":(?=//|[\w~+-]{1,40}:)")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


def visible(text: str) -> str:
    """Return `text` without what can't be seen or deceives the eye.

    Zero-width characters and direction marks vanish, for they show nothing; joiners stay in the scripts and emoji that
    need them. Control characters, characters that turn the direction of writing, and more than four marks stacked on
    one letter are replaced by the marked cut, because leaving them out changes what is seen. Lone surrogates become
    U+FFFD. Blanks in a row become one space, or one line break if one is among them.
    """
    shown: list[str] = []
    stacked = 0
    for character in _BLANKS.sub(_blank, text).strip():
        stacked = stacked + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        replacement = CUT if stacked > _STACK else _shown(character, shown[-1] if shown else " ")
        if replacement and not (replacement == CUT and shown and shown[-1] == CUT):
            shown.append(replacement)
    return _BLANKS.sub(_blank, "".join(shown)).strip()  # what vanished may have stood between blanks


def _blank(run: re.Match[str]) -> str:
    return " " if _BREAKS.isdisjoint(run[0]) else "\n"


def _shown(character: str, before: str) -> str:
    if character in _SILENT or (character in _JOINERS and (before.isascii() or before in _JOINERS)):
        return ""
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    hides = category in {"Cc", "Cf"} and character != "\n" and character not in _JOINERS
    return CUT if hides and not "\u0600" <= character <= "\u0605" else character


def escape(text: str) -> str:
    """Escape all Markdown: emphasis, spoilers, code, links, mentions, times, headings and lists show as written."""
    text = _COLON.sub(r"\\:", _INLINE.sub(r"\\\1", text))
    return _LINE_START.sub(lambda match: f"{match[1]}{_escaped_mark(match[2])}", text)


def _escaped_mark(mark: str) -> str:
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def unescape(text: str) -> str:
    """Return what Discord shows for escaped text."""
    return _ESCAPED.sub(r"\1", text)


def safe(text: str) -> str:
    """Return text of an article or a person as it may stand in a message: visible and escaped."""
    return escape(visible(text))
