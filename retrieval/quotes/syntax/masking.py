"""Masking of long quotations before a text is parsed, and the way back to the offsets of the article.

A parser trained on sentences loses the reporting clause when forty quoted words stand beside it. A placeholder keeps
the clause whole: "Yes" for a sentence of its own, "something" for a fragment inside a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import inflected

SENTENCE_PLACEHOLDER, FRAGMENT_PLACEHOLDER = "Yes", "something"
MAX_KEPT_WORDS = 3
DASHES = frozenset("-–—―~([")
STOPS = ".!?…,;:"
CLOSING = "'’\"”»)] "
CLAUSE = re.compile(
    r"[ ,–—-]{1,9}[^\n.!?;:\"“”«»]{0,400}"
)  # bounded, or many single quotations take time by the square
WORD = re.compile(r"[^\W\d_]+")
MAX_WORDS_TO_VERB = 8


@dataclass(frozen=True, slots=True)
class MaskedRun:
    """A run of masked text, the span of the article that it stands for, and the index of its quotation or None.

    `masked` is the offset in the masked text; `replaced` says that its words are not the article's.
    """

    masked: int
    original: Span
    quotation: int | None
    replaced: bool


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with long quotations masked, and the runs that it is made of, in order."""

    text: str
    runs: tuple[MaskedRun, ...]
    _starts: list[int] = field(repr=False)

    def run_at(self, offset: int) -> MaskedRun:
        """Return the run that holds an offset of the masked text."""
        return self.runs[max(0, bisect_right(self._starts, offset) - 1)]

    def original(self, start: int, end: int) -> tuple[Span, int | None]:
        """Return the article's span of a range of the masked text, and the index of the quotation it lies in."""
        first, last = self.run_at(start), self.run_at(max(start, end - 1))
        left = first.original.start + (0 if first.replaced else start - first.masked)
        right = last.original.end if last.replaced else last.original.start + end - last.masked
        return Span(left, max(left, right)), first.quotation


def mask_quotes(text: str, region: Span, spans: Sequence[tuple[int, QuoteSpan]]) -> MaskedText:
    """Return a region of a text with its quotations masked; `spans` are the outermost ones in order, with indices."""
    parts: list[str] = []
    runs: list[MaskedRun] = []
    length = 0
    for words, original, quotation, replaced in _runs(text, region, spans):
        runs.append(MaskedRun(length, original, quotation, replaced))
        parts.append(words)
        length += len(words)
    return MaskedText("".join(parts), tuple(runs), [run.masked for run in runs])


def _runs(
    text: str, region: Span, spans: Sequence[tuple[int, QuoteSpan]]
) -> Iterator[tuple[str, Span, int | None, bool]]:
    position = region.start
    for index, span in spans:
        outer, inner = span.outer, span.inner
        if outer.start > position:
            yield text[position : outer.start], Span(position, outer.start), None, False
        opening = ' "' if outer.start > region.start and not text[outer.start - 1].isspace() else '"'
        yield opening, Span(outer.start, inner.start), index, True
        words = inner.of(text)
        if len(words.split()) <= MAX_KEPT_WORDS:
            yield words, inner, index, False
        else:
            yield _placeholder(text, span), inner, index, True
        behind = text[outer.end : outer.end + 1]
        closing = '" ' if behind.isalnum() or behind in DASHES else '"'
        yield closing, Span(inner.end, outer.end), index, True
        position = outer.end
    if position < region.end:
        yield text[position : region.end], Span(position, region.end), None, False


def _placeholder(text: str, span: QuoteSpan) -> str:
    words = span.inner.of(text).rstrip(CLOSING)
    stop = words[-1:] if words[-1:] in STOPS else ""
    if stop and stop in "?!…" and _is_reported(text, span.outer.end):
        stop = ","
    stands_alone = next((c for c in words if c.isalpha()), "x").isupper()
    return (SENTENCE_PLACEHOLDER if stands_alone else FRAGMENT_PLACEHOLDER) + stop


def _is_reported(text: str, end: int) -> bool:
    """Return whether a reporting verb follows, so that a question mark ends no sentence: "Why?" Ms Lee asked."""
    behind = CLAUSE.match(text, end)
    return behind is not None and any(
        word in inflected("reporting_verb") for word in WORD.findall(behind.group().lower())[:MAX_WORDS_TO_VERB]
    )
