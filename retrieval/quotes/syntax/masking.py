"""Puts a short word in the place of each long quotation before the text is parsed, and maps offsets back.

A parser trained on sentences loses the reporting clause when forty quoted words stand beside it. A placeholder keeps
the clause whole: a sentence of its own becomes "Yes", a fragment inside a sentence becomes "something".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import inflected

SENTENCE, FRAGMENT = "Yes", "something"
KEPT_WORDS = 3
DASHES = frozenset("-–—―~([")
STOPS = ".!?…,;:"
CLOSING = "'’\"”»)] "
CLAUSE = re.compile(r"[ ,–—-]+[^\n.!?;:\"“”«»]*")
WORD = re.compile(r"[^\W\d_]+")
REACH = 8  # words


@dataclass(frozen=True, slots=True)
class MaskedRun:
    """A run of masked text and the run of the article that it stands for; `stretch` is None outside of quotations."""

    masked: int
    original: Span
    stretch: int | None
    replaced: bool


@dataclass(frozen=True, slots=True)
class MaskedText:
    text: str
    pieces: tuple[MaskedRun, ...]
    _starts: list[int] = field(repr=False)

    def piece_at(self, offset: int) -> MaskedRun:
        return self.pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def original(self, start: int, end: int) -> tuple[Span, int | None]:
        """The article's span of a masked one, and the quotation that it lies in."""
        first, last = self.piece_at(start), self.piece_at(max(start, end - 1))
        left = first.original.start + (0 if first.replaced else start - first.masked)
        right = last.original.end if last.replaced else last.original.start + end - last.masked
        return Span(left, max(left, right)), first.stretch


def mask_quotes(text: str, region: Span, stretches: Sequence[tuple[int, QuoteSpan]]) -> MaskedText:
    """`stretches` are the outermost quotations within `region`, in order, each with its index."""
    parts: list[str] = []
    pieces: list[MaskedRun] = []
    length = 0
    for words, original, stretch, replaced in _pieces(text, region, stretches):
        pieces.append(MaskedRun(length, original, stretch, replaced))
        parts.append(words)
        length += len(words)
    return MaskedText("".join(parts), tuple(pieces), [piece.masked for piece in pieces])


def _pieces(
    text: str, region: Span, stretches: Sequence[tuple[int, QuoteSpan]]
) -> Iterator[tuple[str, Span, int | None, bool]]:
    position = region.start
    for index, stretch in stretches:
        outer, inner = stretch.outer, stretch.inner
        if outer.start > position:
            yield text[position : outer.start], Span(position, outer.start), None, False
        opening = ' "' if outer.start > region.start and not text[outer.start - 1].isspace() else '"'
        yield opening, Span(outer.start, inner.start), index, True
        words = inner.of(text)
        if len(words.split()) <= KEPT_WORDS:
            yield words, inner, index, False
        else:
            yield _placeholder(text, stretch), inner, index, True
        behind = text[outer.end : outer.end + 1]
        closing = '" ' if behind.isalnum() or behind in DASHES else '"'
        yield closing, Span(inner.end, outer.end), index, True
        position = outer.end
    if position < region.end:
        yield text[position : region.end], Span(position, region.end), None, False


def _placeholder(text: str, stretch: QuoteSpan) -> str:
    words = stretch.inner.of(text).rstrip(CLOSING)
    stop = words[-1:] if words[-1:] in STOPS else ""
    if stop and stop in "?!…" and _is_reported(text, stretch.outer.end):
        stop = ","
    stands_alone = next((c for c in words if c.isalpha()), "x").isupper()
    return (SENTENCE if stands_alone else FRAGMENT) + stop


def _is_reported(text: str, end: int) -> bool:
    """Whether a saying verb follows so soon that a question mark before it ends no sentence: "Why?" Ms Lee asked."""
    behind = CLAUSE.match(text, end)
    return behind is not None and any(
        word in inflected("reporting_verb") for word in WORD.findall(behind.group().lower())[:REACH]
    )
