"""Pairs single quotation marks, most of which are apostrophes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.domain import Span
from retrieval.quotes.spans.marks import MarkRole, MarkStyle, QuoteMark
from retrieval.quotes.spans.pairing import MarkPair
from retrieval.quotes.spans.paragraphs import sentence_ends, trim

_CLIPPED = re.compile(r"(?:\d0s|em|n|tis|twas|til|till|bout|cos|cause|im|ello|neath)\b(?!['’])", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?:[sz\d]|in)['’]\s\w", re.IGNORECASE)
_WEAK_WORDS = 12
"""After a plural's s the mark is more often an apostrophe: it closes only what was opened this few words before."""


def pair_single_marks(text: str, scope: Span, marks: Sequence[QuoteMark], *, continues: bool = False) -> list[MarkPair]:
    """`scope` is the paragraph, or the words of the double marks around; the marks are those inside it, in order.

    `continues`: the next paragraph begins with a mark.
    """
    openings = [index for index, mark in enumerate(marks) if _opens(text, mark)]
    pairs = []
    for index, following in pairwise([*openings, len(marks)]):
        first = marks[index]
        if last := _closing(text, first, marks[index + 1 : following]):
            pairs.append(MarkPair(trim(text, Span(first.end, last.start)), Span(first.start, last.end)))
        elif _goes_on(text, scope, first, marks[following] if following < len(marks) else None, continues=continues):
            end = marks[following].start if following < len(marks) else scope.end
            words = trim(text, Span(first.end, end))
            pairs.append(MarkPair(words, Span(first.start, words.end), open_ended=True))
    return [pair for pair in pairs if any(map(str.isalnum, pair.inner.of(text)))]


def _opens(text: str, mark: QuoteMark) -> bool:
    return mark.shape is not MarkRole.CLOSES and mark.place is MarkRole.OPENS and not _CLIPPED.match(text, mark.end)


def _closing(text: str, first: QuoteMark, candidates: Sequence[QuoteMark]) -> QuoteMark | None:
    weak = None
    for mark in candidates:
        if mark.shape is MarkRole.OPENS or mark.place is MarkRole.OPENS or text[mark.start - 1].isspace():
            continue
        if not _APOSTROPHE.match(text, mark.start - 1) and not _APOSTROPHE.match(text, mark.start - 2):
            return mark
        weak = weak or mark
    if weak is None:
        return None
    words = Span(first.end, weak.start)
    near = len(words.of(text).split(maxsplit=_WEAK_WORDS)) <= _WEAK_WORDS
    return weak if near and not any(sentence_ends(text, words)) else None


def _goes_on(text: str, scope: Span, first: QuoteMark, following: QuoteMark | None, *, continues: bool) -> bool:
    """No closing mark, because the next sentence or paragraph opens anew."""
    if following is None:
        led_in = text[scope.start : first.start].rstrip()[-1:] in ("", ":")
        return continues and led_in
    before = text[first.end : following.start].rstrip()[-1:]
    return first.style is MarkStyle.SINGLE_CURLY and before in (".", "!", "?", "…")
