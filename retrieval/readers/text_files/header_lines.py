"""Classify the lines of a saved page's header by their form: date, by-line, boilerplate, prose."""

import re
from enum import Enum, auto

from retrieval.readers.bylines import is_byline
from retrieval.readers.dates import find_date
from retrieval.text.patterns import linear
from retrieval.text.tokens import letters_only

_PROSE_WORDS = 12
_READING_TIME = re.compile(
    r"(?:reading time:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?[\s-]*(?:read(?:ing)?(?: time)?)?|reading time:? .{1,20}",
    re.IGNORECASE,
)
_SHARE_WORD = (
    r"(?:share|tweet|post|save|print|e-?mail|copy(?: link)?|link|facebook|twitter|x|whatsapp|linkedin|reddit|telegram"
    r"|messenger|pinterest|instagram|bluesky|flipboard|bookmark|comments?|listen|follow(?: us)?|subscribe|like|more"
    r"|menu|search|home)"
)
_SHARE_BAR = linear(
    rf"(?:\d+\s*)?{_SHARE_WORD}(?:[\s,|/•·&]+(?:{_SHARE_WORD}|on|via|by|this|the|article|story|page|\d+))*\W*",
    ignore_case=True,
)
_CREDIT = re.compile(
    r"\A.{0,400}(?:\[[^\]]{2,60}\]|\((?:[^()]{0,40}\b(?:getty|reuters|afp|ap|epa|pa|photo|image|picture|credit|file)\b[^()]{0,40})\)"
    r"|\b(?:getty images|(?:photo|image|picture|credit)s?:.{2,60}|(?:photograph|picture|photo) by .{2,40}))\.?",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"(?:[\w&' -]{2,30}\s[>›»/|]\s)+[\w&' -]{2,30}")
_PART = re.compile(r"(?<!\s)\s+[|•·]\s+")
_UPDATE = re.compile(r"\A\W*(?:last )?(?:updated|modified|edited)\b", re.IGNORECASE)
_BOILERPLATE_LENGTH = 500


class LineKind(Enum):
    """What a line of a saved page's header is."""

    REPEATED_TITLE = auto()
    DATE = auto()
    UPDATED = auto()
    BYLINE = auto()
    BOILERPLATE = auto()
    PROSE = auto()
    UNKNOWN = auto()


def split_parts(line: str) -> list[str]:
    """Return the parts of a line between separators such as " | "."""
    return _PART.split(line)


def line_kind(line: str, title: str) -> LineKind:
    """Return the kind of a header line; `title` is the article's, which the header may repeat."""
    if letters_only(line) == letters_only(title):
        return LineKind.REPEATED_TITLE
    kinds = [part_kind(part) for part in split_parts(line)]
    if LineKind.UNKNOWN not in kinds:
        known = (LineKind.BYLINE, LineKind.DATE, LineKind.UPDATED)
        return next((kind for kind in known if kind in kinds), LineKind.BOILERPLATE)
    if _CRUMBS.fullmatch(line) or is_boilerplate_line(line):
        return LineKind.BOILERPLATE
    is_prose = len(line.split()) >= _PROSE_WORDS and line.endswith((".", "!", "?", "”", '"', "’", "'"))
    return LineKind.PROSE if is_prose else LineKind.UNKNOWN


def part_kind(part: str) -> LineKind:
    """Return the kind of one part of a line: DATE, UPDATED, BYLINE, BOILERPLATE or UNKNOWN."""
    if find_date(part) is not None:
        return LineKind.UPDATED if _UPDATE.match(part) else LineKind.DATE
    if is_byline(part):
        return LineKind.BYLINE
    return LineKind.BOILERPLATE if is_boilerplate_line(part) else LineKind.UNKNOWN


def is_boilerplate_line(line: str) -> bool:
    """Return whether the line is a reading time, a share bar, or a caption with its credit."""
    if not line or len(line) > _BOILERPLATE_LENGTH:
        return False
    return any(form.fullmatch(line) for form in (_READING_TIME, _SHARE_BAR)) or (
        '"' not in line and "“" not in line and bool(_CREDIT.fullmatch(line))
    )
