"""Segmentation of an article: sentences, passages (the units of search), and the windows that they stand in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import nupunkt

from retrieval.domain import Span
from retrieval.text.caching import cached_by_text

MIN_PASSAGE_WORDS = 5
"""A sentence of fewer words says little by itself and joins the passage before it."""

MAX_JOINED_WORDS = 60
"""The most words of a passage made of the sentences over which one quotation runs."""

MAX_WINDOW_WORDS = 90
"""The most words of a window of several sentences: what the embedding model reads as a whole."""

LEAST_WINDOW_WORDS = 30
"""A last window of fewer words joins the one before."""

MAX_CACHED_LINE = 10_000
"""The most characters of a line whose sentences are kept in memory."""

_LINE = re.compile(r"[^\r\n]+")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order, without white space around them; a line break ends a sentence."""
    return tuple(
        span
        for line in _LINE.finditer(text)
        for start, end in sentence_offsets(line.group())
        if (span := strip_span(text, line.start() + start, line.start() + end))
    )


@cached_by_text(2048, MAX_CACHED_LINE)
def sentence_offsets(line: str) -> Sequence[tuple[int, int]]:
    """Return the start and end of each sentence of a line; cached, since questions come back to the same articles."""
    return tuple(nupunkt.sent_spans(line))


def overlapping_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of a text that overlap a span."""
    start = max(text.rfind(end, 0, span.start) for end in "\r\n") + 1
    stop = min((at for end in "\r\n" if (at := text.find(end, span.end)) >= 0), default=len(text))
    near = (Span(start + found.start, start + found.end) for found in sentences(text[start:stop]))
    return tuple(found for found in near if found.overlaps(span))


def passages(text: str, sentences: Sequence[Span], quoted: Iterable[Span]) -> tuple[Span, ...]:
    """Return passages that hold every sentence once: one sentence each, or several.

    Several where a sentence is short, or where a quotation (`quoted`) would be cut.
    """
    found: list[Span] = []
    for piece in _joined_over_quotes(text, sentences, quoted):
        if found and _word_count(text, piece) < MIN_PASSAGE_WORDS and "\n" not in text[found[-1].end : piece.start]:
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return tuple(found)


def _joined_over_quotes(text: str, sentences: Sequence[Span], quoted: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences, those of one quotation joined unless they have more than MAX_JOINED_WORDS words."""
    for group in _uncut_groups(sentences, quoted):
        whole = Span(group[0].start, group[-1].end)
        if _word_count(text, whole) <= MAX_JOINED_WORDS:
            yield whole
        else:
            yield from group


def _uncut_groups(sentences: Sequence[Span], quoted: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the sentences in groups, so that no quotation runs from one group into the next."""
    if not sentences:
        return
    ordered = sorted(quoted, key=lambda span: span.start)
    starts = [span.start for span in ordered]
    reach = [0]  # the furthest end of the first n quotations
    for span in ordered:
        reach.append(max(reach[-1], span.end))
    group = [sentences[0]]
    for sentence, following in pairwise(sentences):
        if reach[bisect_right(starts, sentence.end - 1)] <= following.start:
            yield group
            group = []
        group.append(following)
    yield group


def windows(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Return windows that hold every sentence once: as many neighbouring ones as MAX_WINDOW_WORDS let in.

    They don't depend on where quotations stand. A longer sentence is a window of its own.
    """
    found: list[Span] = []
    length = 0
    for sentence in sentences:
        size = _word_count(text, sentence)
        if found and length + size <= MAX_WINDOW_WORDS:
            found[-1] = Span(found[-1].start, sentence.end)
            length += size
        else:
            found.append(sentence)
            length = size
    if len(found) > 1 and length < LEAST_WINDOW_WORDS:
        found[-2:] = [Span(found[-2].start, found[-1].end)]
    return tuple(found)


def window_of(windows: Sequence[Span], span: Span) -> Span:
    """Return the window that holds most of a span, the first of several; `span` itself where there are none."""
    first = bisect_right(windows, span.start, key=lambda window: window.end)
    last = bisect_left(windows, span.end, key=lambda window: window.start)
    shared = (min(window.end, span.end) - max(window.start, span.start) for window in windows[first:last])
    return max(zip(windows[first:last], shared, strict=False), key=lambda each: each[1], default=(span, 0))[0]


def context_of(sentences: Sequence[Span], span: Span) -> Span:
    """Return the span from the sentence before a quotation to the last sentence that it stands in.

    `sentences` are in order. What a quotation answers often stands in the sentence before it.
    """
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start) - 1
    if first > last:
        return span
    return Span(min(sentences[max(first - 1, 0)].start, span.start), max(sentences[last].end, span.end))


def _word_count(text: str, span: Span) -> int:
    return len(span.of(text).split())


def strip_span(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends; None if there is nothing else."""
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return Span(first, first + len(words))
