"""Pairs of single quotation marks, most of which are apostrophes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.domain import Span
from retrieval.quotes.spans.marks import MarkRole, MarkStyle, QuoteMark
from retrieval.quotes.spans.pairing import MarkPair
from retrieval.quotes.spans.paragraphs import sentence_ends, trim

_CLIPPED = re.compile(r"(?:\d0s|em|n|tis|twas|til|till|bout|cos|cause|im|ello|neath)\b(?!['’])", re.IGNORECASE)
_LED_IN = re.compile(r"(?:\bthat|\b(?:say|says|said|saying|asked|wrote)|[,:]) ?$")
"""What leads to words inside a quotation whose closing mark is missing."""
_APOSTROPHE = re.compile(r"(?:[sz\d]|in)['’]\s\w", re.IGNORECASE)
_MAX_WORDS_BEFORE_PLURAL = 12
"""A mark behind a plural's "s", more often an apostrophe, closes a quotation of at most so many words."""


def pair_single_marks(
    text: str, scope: Span, marks: Sequence[QuoteMark], *, continues: bool = False, nested: bool = False
) -> list[MarkPair]:
    """Return the pairs of the single marks inside `scope`: a paragraph, or the words between two double marks.

    `marks` are in order; `continues` says that the next paragraph begins with a quotation mark, `nested` that the scope
    lies between double marks.
    """
    openings = [index for index, mark in enumerate(marks) if _opens(text, mark)]
    if nested and not openings and len(marks) > 1 and marks[-1].end == scope.end:
        openings = [index for index, mark in enumerate(marks[:-1]) if _is_turned(text, mark)][-1:]
    pairs = []
    for index, following in pairwise([*openings, len(marks)]):
        first = marks[index]
        if last := _closing(text, first, marks[index + 1 : following]):
            pairs.append(MarkPair(trim(text, Span(first.end, last.start)), Span(first.start, last.end)))
        elif nested and following == len(marks) and _LED_IN.search(text, scope.start, first.start):
            words = trim(text, Span(first.end, scope.end))
            pairs.append(MarkPair(words, Span(first.start, scope.end), open_ended=True))
        elif _goes_on(text, scope, first, marks[following] if following < len(marks) else None, continues=continues):
            end = marks[following].start if following < len(marks) else scope.end
            words = trim(text, Span(first.end, end))
            pairs.append(MarkPair(words, Span(first.start, words.end), open_ended=True))
    return [pair for pair in pairs if any(map(str.isalnum, pair.inner.of(text)))]


def _opens(text: str, mark: QuoteMark) -> bool:
    return (
        mark.by_character is not MarkRole.CLOSES
        and mark.by_neighbours is MarkRole.OPENS
        and not _CLIPPED.match(text, mark.end)
    )


def _is_turned(text: str, mark: QuoteMark) -> bool:
    """Return whether a closing mark stands where one opens: "that they ’could not …’"."""
    return mark.by_neighbours is MarkRole.OPENS and not _CLIPPED.match(text, mark.end)


def _closing(text: str, first: QuoteMark, candidates: Sequence[QuoteMark]) -> QuoteMark | None:
    weak = None
    for mark in candidates:
        if (
            mark.by_character is MarkRole.OPENS
            or mark.by_neighbours is MarkRole.OPENS
            or text[mark.start - 1].isspace()
        ):
            continue
        if not _APOSTROPHE.match(text, mark.start - 1) and not _APOSTROPHE.match(text, mark.start - 2):
            return mark
        weak = weak or mark
    if weak is None:
        return None
    words = Span(first.end, weak.start)
    near = len(words.of(text).split(maxsplit=_MAX_WORDS_BEFORE_PLURAL)) <= _MAX_WORDS_BEFORE_PLURAL
    return weak if near and not any(sentence_ends(text, words)) else None


def _goes_on(text: str, scope: Span, first: QuoteMark, following: QuoteMark | None, *, continues: bool) -> bool:
    """Return whether the closing mark is missing because the next sentence or paragraph opens anew."""
    if following is None:
        led_in = text[scope.start : first.start].rstrip()[-1:] in ("", ":")
        return continues and led_in
    before = text[first.end : following.start].rstrip()[-1:]
    return first.style is MarkStyle.SINGLE_CURLY and before in (".", "!", "?", "…")
