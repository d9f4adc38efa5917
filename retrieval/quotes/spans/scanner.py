"""Spans of words between quotation marks, nested or apart, and the utterances that they belong to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.spans.marks import MarkRole, QuoteMark, find_marks
from retrieval.quotes.spans.pairing import DoubleMarkPairing, MarkPair
from retrieval.quotes.spans.paragraphs import paragraphs
from retrieval.quotes.spans.single_marks import pair_single_marks

_INTERRUPTION = re.compile(r",?\s(?!.*[.!?…:;]\s)(?!.*,\s(?:and|but|while|as|or)\b).{2,},\s", re.DOTALL)
_MAX_INTERRUPTION = 90
"""Characters of a clause that interrupts an utterance."""
_INTERRUPTED = frozenset(",—–-…")
_SENTENCE_END = frozenset(".!?…,;")
_MAX_PARAGRAPHS_OPEN = 3
"""How many paragraphs on a quotation may be closed that no paragraph in between reopens."""


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """The words between two quotation marks, within one paragraph.

    `inner` leaves the marks out and keeps a comma or stop that stands inside them; `outer` has the marks. `parent` is
    the index of the span that it is nested in. Spans of one `utterance` belong together: a quotation over several
    paragraphs, marks that are reopened, a sentence that a clause interrupts ('"…," she said, "…"'). `utterance` and
    `paragraph` count from 0.
    """

    inner: Span
    outer: Span
    parent: int | None
    utterance: int
    paragraph: int


def find_quote_spans(text: str) -> tuple[QuoteSpan, ...]:
    """Return every quoted span of a text in order of start; two spans nest or stand apart."""
    pairs: list[MarkPair] = []
    numbers: list[int] = []
    for number, found in enumerate(_by_paragraph(text)):
        pairs += (here := list(_nested(found)))
        numbers += [number] * len(here)
    parents = _parents(pairs)
    utterances = _utterances(text, pairs, parents, numbers)
    return tuple(
        QuoteSpan(pair.inner, pair.outer, parent, utterance, number)
        for pair, parent, utterance, number in zip(pairs, parents, utterances, numbers, strict=True)
    )


def _by_paragraph(text: str) -> Iterator[list[MarkPair]]:
    whole = paragraphs(text)
    found = [find_marks(text, paragraph) for paragraph in whole]
    double = [[mark for mark in here if not mark.single] for here in found]
    carried = None
    for number, paragraph in enumerate(whole):
        following = found[number + 1][:1] if number + 1 < len(whole) else []
        reopened = following[0] if following and following[0].start == whole[number + 1].start else None
        closed = _closes_first(double[number + 1 : number + 1 + _MAX_PARAGRAPHS_OPEN])
        continues = closed or (reopened is not None and not reopened.single)
        reader = DoubleMarkPairing(text, paragraph, double[number], carried=carried, continues=continues)
        pairs = reader.pair()
        carried = reader.left_open if closed else None
        for scope, inside in _scopes(paragraph, pairs, [mark for mark in found[number] if mark.single]):
            own = scope == paragraph
            continues = own and reopened is not None
            pairs += pair_single_marks(text, scope, inside, continues=continues, nested=not own)
        yield pairs


def _closes_first(following: Sequence[Sequence[QuoteMark]]) -> bool:
    """Return whether the first double mark of the next paragraphs closes: it closes what is open."""
    first = next((here[0] for here in following if here), None)
    return first is not None and first.by_neighbours is MarkRole.CLOSES


def _scopes(
    paragraph: Span, pairs: Sequence[MarkPair], singles: Sequence[QuoteMark]
) -> list[tuple[Span, list[QuoteMark]]]:
    """Return the single marks by the innermost span between double marks that they stand in."""
    inside: dict[Span, list[QuoteMark]] = {}
    waiting = sorted(pairs, key=lambda pair: -pair.outer.start)
    around: list[MarkPair] = []
    for mark in singles:
        while waiting and waiting[-1].outer.start <= mark.start:
            around.append(waiting.pop())
        while around and around[-1].outer.end <= mark.start:
            around.pop()
        scope = around[-1].inner if around else paragraph
        inside.setdefault(scope, []).append(mark)
    return list(inside.items())


def _nested(pairs: Sequence[MarkPair]) -> Iterator[MarkPair]:
    """Yield the pairs in order of start, without those that would cross another."""
    ends: list[int] = []
    for pair in sorted(pairs, key=lambda pair: (pair.outer.start, -pair.outer.end)):
        while ends and ends[-1] <= pair.outer.start:
            ends.pop()
        if not ends or pair.outer.end <= ends[-1]:
            ends.append(pair.outer.end)
            yield pair


def _parents(pairs: Sequence[MarkPair]) -> list[int | None]:
    around: list[int] = []
    parents: list[int | None] = []
    for index, pair in enumerate(pairs):
        while around and pairs[around[-1]].outer.end <= pair.outer.start:
            around.pop()
        parents.append(around[-1] if around else None)
        around.append(index)
    return parents


def _utterances(
    text: str, pairs: Sequence[MarkPair], parents: Sequence[int | None], paragraphs: Sequence[int]
) -> list[int]:
    """Return for each pair the number of its utterance; `paragraphs` holds the numbers of their paragraphs."""
    utterances: list[int] = []
    previous: dict[int | None, int] = {}
    count = 0
    for index, parent in enumerate(parents):
        before = previous.get(parent)
        if before is not None and _goes_on(text, pairs[before], pairs[index], paragraphs[index] - paragraphs[before]):
            utterances.append(utterances[before])
        else:
            utterances.append(count)
            count += 1
        previous[parent] = index
    return utterances


def _goes_on(text: str, first: MarkPair, second: MarkPair, apart: int) -> bool:
    """Return whether the second pair goes on with the first; `apart` is the distance of their paragraphs."""
    if apart > 1:
        return False
    between = Span(first.outer.end, second.outer.start)
    if apart == 1 or between.end == between.start:
        return first.open_ended and not between.of(text).strip()
    if not between.of(text).strip():
        return first.open_ended or text[first.inner.end - 1] in _SENTENCE_END
    return _interrupts(text, first, between)


def _interrupts(text: str, first: MarkPair, between: Span) -> bool:
    if between.end - between.start > _MAX_INTERRUPTION:
        return False
    interrupted = text[first.inner.end - 1] in _INTERRUPTED or text[between.start] == ","
    return interrupted and bool(_INTERRUPTION.fullmatch(text, between.start, between.end))
