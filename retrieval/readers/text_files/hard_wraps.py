"""Join the lines of hard-wrapped text to paragraphs."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_WIDTHS = range(40, 101)
"""Widths in characters to which people wrap text; where lines are longer, each is a paragraph."""
_FULL = 0.6
"""Share of the width from which on a line without a stop at its end goes on in the next."""
_STOPS = (".", "!", "?", ":", ";", '"', "”", "’", "'", ")", "]", "…", "»")
_OWN_LINE = re.compile(r"[-–—*•·#>|]\s|\d{1,3}[.)]\s|[A-Z][\w.'’ -]{0,40}:\s|\s{4}")
"""Beginnings of list items, headings, quotations of mail, and lines of a transcript."""
_HYPHEN = re.compile(r"[a-zß-ÿ]-\Z")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines with those joined that hard wrapping has parted; all others stay as they are."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    return list(_joined(lines, width)) if width in _WIDTHS else list(lines)


def _joined(lines: Sequence[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    for line in lines:
        if paragraph and _goes_on(paragraph[-1], line, width):
            paragraph.append(line)
            continue
        if paragraph:
            yield _put_together(paragraph)
        paragraph = [line]
    if paragraph:
        yield _put_together(paragraph)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Return whether a paragraph that reaches the end of `line` goes on in the following line."""
    line = line.rstrip()
    if not line.strip() or not following.strip() or _OWN_LINE.match(following):
        return False
    if following[:1].islower():
        return True
    if len(line) + 1 + len(following.split(None, 1)[0]) > width:
        return True
    return not line.endswith(_STOPS) and len(line) >= _FULL * width


def _put_together(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one, with words that were hyphenated at a line's end put together."""
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if _HYPHEN.search(before.rstrip()) and line.strip()[:1].islower():
            parts[-1] = parts[-1].rstrip()[:-1]
            parts.append(line.strip())
        else:
            parts[-1] = parts[-1].rstrip()
            parts.append(f" {line.strip()}")
    return "".join(parts)
