"""The quotation marks of a text: position, style, and whether each opens or closes.

Apostrophes inside words, feet and inches, and attributes of stray HTML tags are left out; other apostrophes are left
to `single_marks`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import Span


class MarkStyle(StrEnum):
    """Which kind of quotation mark a character is; a quotation is closed by a mark of the style that opened it."""

    STRAIGHT = "straight"
    CURLY = "curly"
    LOW = "low"
    GUILLEMET = "guillemet"
    CORNER = "corner"
    SINGLE = "single"
    SINGLE_CURLY = "single curly"


class MarkRole(StrEnum):
    """Whether a quotation mark opens or closes a quotation, or may do either."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A quotation mark with its role as its character tells it, and as the characters beside it tell it."""

    start: int
    end: int
    style: MarkStyle
    by_character: MarkRole
    by_neighbours: MarkRole

    @property
    def single(self) -> bool:
        """Whether it is a single mark, which may be an apostrophe."""
        return self.style in (MarkStyle.SINGLE, MarkStyle.SINGLE_CURLY)


_SHAPES = {
    '"': (MarkStyle.STRAIGHT, MarkRole.EITHER),
    "＂": (MarkStyle.STRAIGHT, MarkRole.EITHER),
    "''": (MarkStyle.STRAIGHT, MarkRole.EITHER),
    '""': (MarkStyle.STRAIGHT, MarkRole.OPENS),
    "``": (MarkStyle.STRAIGHT, MarkRole.OPENS),
    "“": (MarkStyle.CURLY, MarkRole.OPENS),
    "‟": (MarkStyle.CURLY, MarkRole.OPENS),
    "”": (MarkStyle.CURLY, MarkRole.CLOSES),
    "„": (MarkStyle.LOW, MarkRole.OPENS),
    "«": (MarkStyle.GUILLEMET, MarkRole.OPENS),
    "»": (MarkStyle.GUILLEMET, MarkRole.CLOSES),
    "「": (MarkStyle.CORNER, MarkRole.OPENS),
    "『": (MarkStyle.CORNER, MarkRole.OPENS),
    "」": (MarkStyle.CORNER, MarkRole.CLOSES),
    "』": (MarkStyle.CORNER, MarkRole.CLOSES),
    "'": (MarkStyle.SINGLE, MarkRole.EITHER),
    "`": (MarkStyle.SINGLE, MarkRole.OPENS),
    "‘": (MarkStyle.SINGLE_CURLY, MarkRole.OPENS),
    "‛": (MarkStyle.SINGLE_CURLY, MarkRole.OPENS),
    "‚": (MarkStyle.SINGLE_CURLY, MarkRole.OPENS),
    "‹": (MarkStyle.SINGLE_CURLY, MarkRole.OPENS),
    "’": (MarkStyle.SINGLE_CURLY, MarkRole.CLOSES),
    "›": (MarkStyle.SINGLE_CURLY, MarkRole.CLOSES),
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


def find_marks(text: str, paragraph: Span) -> list[QuoteMark]:
    """Return the quotation marks of a paragraph in order; offsets count from the start of the text."""
    return [
        _mark(text, paragraph, match.start("mark"), match.end("mark"))
        for match in _TOKEN.finditer(text, paragraph.start, paragraph.end)
        if match["mark"] and not _is_bullet(text, paragraph, match)
    ]


def _is_bullet(text: str, paragraph: Span, match: re.Match[str]) -> bool:
    """Return whether a mark is the bullet of a list: "» The fair opens at nine"."""
    behind = text[match.end() : match.end() + 1]
    return match[0] in "»›" and match.start() == paragraph.start and (not behind or behind.isspace())


def _mark(text: str, paragraph: Span, start: int, end: int) -> QuoteMark:
    style, by_character = _SHAPES[text[start:end]]
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end : min(end + 2, paragraph.end)] or " "
    return QuoteMark(
        start, end, style, by_character, _role_by_neighbours(before, after, first=start == paragraph.start)
    )


def _role_by_neighbours(before: str, after: str, *, first: bool) -> MarkRole:
    if first:
        return MarkRole.OPENS
    stops = after[0] in _NEVER_FIRST and after != ".."
    opens = (before.isspace() or before in _BEFORE_OPENING) and not (after[0].isspace() or stops)
    closes = not before.isspace() and (after[0].isspace() or after[0] in _AFTER_CLOSING)
    if opens == closes:
        return MarkRole.EITHER
    return MarkRole.OPENS if opens else MarkRole.CLOSES
