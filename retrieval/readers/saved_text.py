"""Text files. Where a page was saved as text, headline, summary, by-line, date and caption come before the body.

A line is told by its form alone, so the rules know no publisher. Without such lines the first line is the title if it
looks like one, and everything else is the body, unchanged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.readers.bylines import authors_from, is_byline, looks_like_a_name
from retrieval.readers.dates import find_date
from retrieval.readers.drafts import Draft
from retrieval.readers.pages.boilerplate import is_furniture_text
from retrieval.text.tokens import letters_only

_TITLE_LENGTH = 200
_HEADER_LINES = 16  # how many lines a saved page's header may take
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
_SHARE_BAR = re.compile(
    rf"(?:\d+\s*)?{_SHARE_WORD}(?:[\s,|/•·&]+(?:{_SHARE_WORD}|on|via|by|this|the|article|story|page|\d+))*\W*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r".{0,400}(?:\[[^\]]{2,60}\]|\((?:[^()]{0,40}\b(?:getty|reuters|afp|ap|epa|pa|photo|image|picture|credit|file)\b[^()]{0,40})\)"
    r"|\b(?:getty images|(?:photo|image|picture|credit)s?:.{2,60}|(?:photograph|picture|photo) by .{2,40}))\.?",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"(?:[\w&' -]{2,30}\s[>›»/|]\s)+[\w&' -]{2,30}")
_PART = re.compile(r"\s+[|•·]\s+")


class _Line(Enum):
    REPEATED_TITLE = auto()
    DATE = auto()
    UPDATED = auto()
    BYLINE = auto()
    FURNITURE = auto()
    PROSE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class _Header:
    """What came before the body. `end` is the number of lines that it took."""

    end: int
    summary: str | None = None
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def read_saved_text(text: str) -> Draft:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    title = _title(lines, start)
    if title is None:
        return Draft(text=text if "\r" not in text else "\n".join(lines))
    header = _header(lines, start + 1, title)
    body = lines[header.end :]
    if header.end > start + 1:  # a page: what stands around an article also stands inside it
        body = [line for line in body if not (is_furniture_text(line.strip()) or _is_furniture(line.strip()))]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n")
    if not joined.strip():
        return Draft(text="\n".join(lines).strip("\n"), title=title)
    return Draft(
        text=joined,
        title=title,
        summary=header.summary,
        published=header.published,
        modified=header.modified,
        authors=header.authors,
    )


def _title(lines: Sequence[str], start: int) -> str | None:
    """The first line, unless it is a sentence, or the next one goes on with it."""
    first = lines[start].strip() if start < len(lines) else ""
    following = lines[start + 1].strip() if start + 1 < len(lines) else ""
    if not first or len(first) > _TITLE_LENGTH or first.endswith((".", ",", ";", ":")) or following[:1].islower():
        return None
    return first.lstrip("# ").strip() or None


def _header(lines: Sequence[str], start: int, title: str) -> _Header:
    """Up to the last line that only a header has, with at most one line of prose (the summary) before it."""
    end, prose = start, 0
    kinds: dict[int, _Line] = {}
    for number in range(start, len(lines)):
        if not (line := lines[number].strip()):
            continue
        kind = kinds[number] = _kind(line, title)
        prose += kind is _Line.PROSE
        if prose > 1 or len(kinds) > _HEADER_LINES:
            break
        if kind not in {_Line.PROSE, _Line.UNKNOWN}:
            end = number + 1
    return _gathered({number: kind for number, kind in kinds.items() if number < end}, lines, end)


def _gathered(kinds: dict[int, _Line], lines: Sequence[str], end: int) -> _Header:
    parts: dict[_Line, list[str]] = {kind: [] for kind in _Line}
    for number, kind in kinds.items():
        line = lines[number].strip()
        if kind in {_Line.PROSE, _Line.UNKNOWN}:
            parts[kind].append(line)
            continue
        for part in _PART.split(line):
            parts[_part_kind(part)].append(part)
    names = [line for line in parts[_Line.UNKNOWN] if looks_like_a_name(line)]
    sentences = parts[_Line.PROSE] + [line for line in parts[_Line.UNKNOWN] if len(line.split()) > 5]
    published, modified = _dates(parts[_Line.DATE]), _dates(parts[_Line.UPDATED])
    return _Header(
        end=end,
        summary=sentences[0] if sentences else None,
        published=published or modified,
        modified=modified,
        authors=authors_from(parts[_Line.BYLINE] or names[:1]),
    )


def _dates(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(date for part in parts if (date := find_date(part)))


def _kind(line: str, title: str) -> _Line:
    if letters_only(line) == letters_only(title):
        return _Line.REPEATED_TITLE
    kinds = [_part_kind(part) for part in _PART.split(line)]
    if _Line.UNKNOWN not in kinds:
        return next((kind for kind in (_Line.BYLINE, _Line.DATE, _Line.UPDATED) if kind in kinds), _Line.FURNITURE)
    if _CRUMBS.fullmatch(line) or _is_furniture(line):
        return _Line.FURNITURE
    is_prose = len(line.split()) >= _PROSE_WORDS and line.endswith((".", "!", "?", "”", '"', "’", "'"))
    return _Line.PROSE if is_prose else _Line.UNKNOWN


def _part_kind(part: str) -> _Line:
    if find_date(part) is not None:
        is_update = re.match(r"\W*(?:last )?(?:updated|modified|edited)\b", part, re.IGNORECASE)
        return _Line.UPDATED if is_update else _Line.DATE
    if is_byline(part):
        return _Line.BYLINE
    return _Line.FURNITURE if _is_furniture(part) else _Line.UNKNOWN


def _is_furniture(line: str) -> bool:
    """Reading times, share bars, and captions with their credit."""
    if not line or len(line) > 500:
        return False
    return any(form.fullmatch(line) for form in (_READING_TIME, _SHARE_BAR)) or (
        '"' not in line and "“" not in line and bool(_CREDIT.fullmatch(line))
    )
