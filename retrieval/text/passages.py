"""Where an article divides: into sentences, passages (what a search finds) and windows (what these stand in)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import nupunkt

from retrieval.domain import Span

MIN_PASSAGE_WORDS = 5
"""A sentence of fewer words says little by itself, and goes with the one before it."""

MAX_JOINED_WORDS = 60
"""Sentences over which one quotation runs stay together up to so many words."""

MAX_WINDOW_WORDS = 70
"""Words of a window: as much as the embedding model still reads as a whole."""

_LINE = re.compile(r"[^\r\n]+")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences in their order, without the blanks around them. None goes over the end of a line."""
    return tuple(
        span
        for line in _LINE.finditer(text)
        for start, end in ends_of_sentences(line.group())
        if (span := strip_span(text, line.start() + start, line.start() + end))
    )


@lru_cache(maxsize=2048)
def ends_of_sentences(line: str) -> Sequence[tuple[int, int]]:
    """Kept, since what is asked about again and again stands in the same articles."""
    return tuple(nupunkt.sent_spans(line))


def overlapping_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Those of the text's sentences that a stretch of it overlaps."""
    start = max(text.rfind(end, 0, span.start) for end in "\r\n") + 1
    stop = min((at for end in "\r\n" if (at := text.find(end, span.end)) >= 0), default=len(text))
    near = (Span(start + found.start, start + found.end) for found in sentences(text[start:stop]))
    return tuple(found for found in near if found.overlaps(span))


def passages(text: str, sentences: Sequence[Span], quoted: Iterable[Span]) -> tuple[Span, ...]:
    """One sentence each; more where they are short, or where a quotation (`quoted`) would be cut.

    Together they hold all of the sentences, each once.
    """
    found: list[Span] = []
    for piece in uncut(text, sentences, quoted):
        if found and words(text, piece) < MIN_PASSAGE_WORDS and "\n" not in text[found[-1].end : piece.start]:
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return tuple(found)


def uncut(text: str, sentences: Sequence[Span], quoted: Iterable[Span]) -> Iterator[Span]:
    """The sentences; those over which one quotation runs are joined, unless that is longer than UNCUT."""
    for group in grouped(sentences, quoted):
        whole = Span(group[0].start, group[-1].end)
        if words(text, whole) <= MAX_JOINED_WORDS:
            yield whole
        else:
            yield from group


def grouped(sentences: Sequence[Span], quoted: Iterable[Span]) -> Iterator[list[Span]]:
    """The sentences in groups, such that no quotation runs from one group into the next."""
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


def windows(text: str, passages: Sequence[Span]) -> tuple[Span, ...]:
    """For each passage the stretch of whole passages that it stands in, of WINDOW words at most if it isn't longer."""
    found: list[Span] = []
    count, length = 0, 0
    for passage in passages:
        size = words(text, passage)
        if count and length + size <= MAX_WINDOW_WORDS:
            found[-count:] = [Span(found[-1].start, passage.end)] * (count + 1)
            count, length = count + 1, length + size
        else:
            found.append(passage)
            count, length = 1, size
    return tuple(found)


def context_of(sentences: Sequence[Span], span: Span) -> Span:
    """The sentences that a quotation stands in, and the one before: what it answers often stands there."""
    inside = [at for at, sentence in enumerate(sentences) if sentence.overlaps(span)]
    if not inside:
        return span
    before, last = sentences[max(inside[0] - 1, 0)], sentences[inside[-1]]
    return Span(min(before.start, span.start), max(last.end, span.end))


def words(text: str, span: Span) -> int:
    return len(span.of(text).split())


def strip_span(text: str, start: int, end: int) -> Span | None:
    """The stretch without the blanks at its ends, None if there is nothing else."""
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return Span(first, first + len(words))
