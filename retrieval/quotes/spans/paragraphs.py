"""Sections, paragraphs and simple sentence ends of a text, as the quotation marks need them. Linear in the text."""

import re
from collections.abc import Iterator

from retrieval.domain import Span

MAX_SECTION_CHARACTERS = 100_000
"""Longer than a news article; resolving mentions takes time by the square of how many stand in one section."""
_LINE_BREAK = r"(?>\r\n|[\n\r\v\f\x85\u2028\u2029])"
_BREAK = re.compile(rf"{_LINE_BREAK}\s*")
_BLANK_LINE = re.compile(rf"{_LINE_BREAK}[ \t\xa0]*{_LINE_BREAK}\s*")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<![.!?…])[.!?…]++['’)\]]*+\s++(?=[\"“„«'‘(\[]*[^\W\da-z])"
)


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: its lines, or its blocks of lines where a block is wrapped in mid-sentence."""
    found: list[Span] = []
    for block in _pieces(text, Span(0, len(text)), _BLANK_LINE):
        found.extend([block] if _is_wrapped(block.of(text)) else _pieces(text, block, _BREAK))
    return found


def sentence_ends(text: str, within: Span) -> Iterator[int]:
    """Yield the offsets within a span at which a sentence ends and another begins; a simple rule without a parse."""
    for match in _SENTENCE_END.finditer(text, within.start, within.end):
        yield match.start() + len(match[0].rstrip())


def trim(text: str, span: Span) -> Span:
    """Return a span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _pieces(text: str, within: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    ends = [(gap.start(), gap.end()) for gap in separator.finditer(text, within.start, within.end)]
    for end, following in [*ends, (within.end, within.end)]:
        piece = trim(text, Span(start, end))
        if piece.end > piece.start:
            yield piece
        start = following


def _is_wrapped(block: str) -> bool:
    lines = [line.strip() for line in block.split("\n")]
    return (
        len(lines) > 1
        and all(40 <= len(line) <= 120 for line in lines[:-1])
        and any(line[:1].islower() for line in lines[1:])
    )


def split_sections(text: str) -> Iterator[str]:
    """Yield the sections of a text, each with line breaks in place of what precedes it, so that offsets hold."""
    start = 0
    while start < len(text):
        end = _cut(text, start)
        yield "\n" * start + text[start:end]
        start = end


def _cut(text: str, start: int) -> int:
    """Return the offset to cut at: before a line break in the second half of a section, else before a blank."""
    end = start + MAX_SECTION_CHARACTERS
    if end >= len(text):
        return len(text)
    breaks = (text.rfind(mark, start + MAX_SECTION_CHARACTERS // 2, end) for mark in ("\n", " "))
    return next((found for found in breaks if found > 0), end)
