"""Reads a text's quotation marks: where they stand, of which style, and whether each looks like opening or closing.

Apostrophes inside words, feet and inches, and attributes of stray HTML tags are left out here; what remains of
apostrophes is for the pairing to tell.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import Span


class Style(StrEnum):
    STRAIGHT = "straight"
    CURLY = "curly"
    LOW = "low"
    GUILLEMET = "guillemet"
    CORNER = "corner"
    SINGLE = "single"
    SINGLE_CURLY = "single curly"


class Role(StrEnum):
    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark. `shape` is what its character says of its role, `place` what its neighbours say."""

    start: int
    end: int
    style: Style
    shape: Role
    place: Role

    @property
    def single(self) -> bool:
        return self.style in (Style.SINGLE, Style.SINGLE_CURLY)


_SHAPES = {
    '"': (Style.STRAIGHT, Role.EITHER),
    "＂": (Style.STRAIGHT, Role.EITHER),
    "''": (Style.STRAIGHT, Role.EITHER),
    '""': (Style.STRAIGHT, Role.OPENS),
    "``": (Style.STRAIGHT, Role.OPENS),
    "“": (Style.CURLY, Role.OPENS),
    "‟": (Style.CURLY, Role.OPENS),
    "”": (Style.CURLY, Role.CLOSES),
    "„": (Style.LOW, Role.OPENS),
    "«": (Style.GUILLEMET, Role.OPENS),
    "»": (Style.GUILLEMET, Role.CLOSES),
    "「": (Style.CORNER, Role.OPENS),
    "『": (Style.CORNER, Role.OPENS),
    "」": (Style.CORNER, Role.CLOSES),
    "』": (Style.CORNER, Role.CLOSES),
    "'": (Style.SINGLE, Role.EITHER),
    "`": (Style.SINGLE, Role.OPENS),
    "‘": (Style.SINGLE_CURLY, Role.OPENS),
    "‛": (Style.SINGLE_CURLY, Role.OPENS),
    "‚": (Style.SINGLE_CURLY, Role.OPENS),
    "‹": (Style.SINGLE_CURLY, Role.OPENS),
    "’": (Style.SINGLE_CURLY, Role.CLOSES),
    "›": (Style.SINGLE_CURLY, Role.CLOSES),
}

_FEET_AND_INCHES = r"\d\s?['’]\s?\d{1,2}(?:\.\d+)?\s?[\"”]"
_APOSTROPHE = r"(?<=[^\W_])['’](?=[^\W_])"
_CLIPPED = r"(?<!\w)['’‘]\d0s\b|(?<!\w)['’‘]n['’](?!\w)"
_TAG = r"<[A-Za-z/][^<>\n]{0,1000}>"
_TOKEN = re.compile(
    rf"{_TAG}|{_FEET_AND_INCHES}|{_APOSTROPHE}|{_CLIPPED}"
    r"|(?P<mark>''|``|\"\"(?=[^\W_])(?<![^\s(]..)|[\"＂“‟”„«»「『」』'`‘‛‚‹’›])"
)
_BEFORE_OPENING = frozenset("([{<—–-/|*_~¿¡…\"“„«‘'‚`‹「『")
_NEVER_FIRST = frozenset(".,;:!?)]}")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-/|*_~…\"”“»’'‹›」』")


def marks(text: str, paragraph: Span) -> list[Mark]:
    """The paragraph's quotation marks in order. Offsets count from the start of the text."""
    return [
        _mark(text, paragraph, match.start("mark"), match.end("mark"))
        for match in _TOKEN.finditer(text, paragraph.start, paragraph.end)
        if match["mark"]
    ]


def _mark(text: str, paragraph: Span, start: int, end: int) -> Mark:
    style, shape = _SHAPES[text[start:end]]
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end : min(end + 2, paragraph.end)] or " "
    return Mark(start, end, style, shape, _place(before, after, first=start == paragraph.start))


def _place(before: str, after: str, *, first: bool) -> Role:
    if first:
        return Role.OPENS
    stops = after[0] in _NEVER_FIRST and after != ".."
    opens = (before.isspace() or before in _BEFORE_OPENING) and not (after[0].isspace() or stops)
    closes = not before.isspace() and (after[0].isspace() or after[0] in _AFTER_CLOSING)
    if opens == closes:
        return Role.EITHER
    return Role.OPENS if opens else Role.CLOSES
