"""Where an article divides into sentences and passages, and which of its words a passage or quotation is found by."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import nupunkt

from retrieval.articles import Quotation, Span

MAX_WORDS = 60

_LINE = re.compile(r"[^\r\n]+")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences in their order, without the blanks around them. None goes over the end of a line."""
    return tuple(
        span
        for line in _LINE.finditer(text)
        for start, end in nupunkt.sent_spans(line.group())
        if (span := trimmed(text, line.start() + start, line.start() + end))
    )


def divide(
    text: str, sentences: Sequence[Span], quoted: Iterable[Span], max_words: int = MAX_WORDS
) -> tuple[Span, ...]:
    """Passages of `max_words` words at most, which cut no sentence and none of the stretches `quoted`.

    A sentence or quotation that is longer is a passage of its own. Together they hold all of the sentences.
    """
    passages: list[Span] = []
    words = 0
    for piece in joined(sentences, quoted):
        length = len(piece.of(text).split())
        if passages and words + length <= max_words:
            passages[-1] = Span(passages[-1].start, piece.end)
            words += length
        else:
            passages.append(piece)
            words = length
    return tuple(passages)


def joined(sentences: Sequence[Span], quoted: Iterable[Span]) -> Iterator[Span]:
    """The sentences, those over which one quotation runs joined into one."""
    if not sentences:
        return
    uncut = sorted(quoted, key=lambda span: span.start)
    starts = [span.start for span in uncut]
    reach = [0]  # the furthest end of the first n quotations
    for span in uncut:
        reach.append(max(reach[-1], span.end))
    start = sentences[0].start
    for sentence, following in pairwise(sentences):
        if reach[bisect_right(starts, sentence.end - 1)] <= following.start:
            yield Span(start, sentence.end)
            start = following.start
    yield Span(start, sentences[-1].end)


def context(sentences: Sequence[Span], span: Span) -> int:
    """Where the sentence before the one in which `span` begins starts: what a quotation answers often stands there."""
    at = bisect_right([sentence.start for sentence in sentences], span.start) - 1
    return min(span.start, sentences[max(at - 1, 0)].start) if sentences else span.start


def embedding_text(title: str, quotation: Quotation | None, words: str) -> str:
    """What is embedded of a unit. `words` are those from its context to its end; the keyword index has the same."""
    speaker = quotation.speaker if quotation else None
    parts = (speaker.name, speaker.role) if speaker else ()
    return "\n".join(part for part in (*parts, title, words) if part)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the blanks at its ends, None if there is nothing else."""
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return Span(first, first + len(words))
