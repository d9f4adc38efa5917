"""Finds what stands between quotation marks. Knows the marks and nothing of who speaks; linear in the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.spans.marks import Mark, Role, marks
from retrieval.quotes.spans.pairing import DoubleMarks, Pair
from retrieval.quotes.spans.paragraphs import paragraphs
from retrieval.quotes.spans.single_marks import pair_single
from retrieval.quotes.spans.utterances import join

_CARRIED = 3
"""How many paragraphs on a quotation may be closed that no paragraph in between reopens."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of words between marks, within one paragraph.

    `inner` leaves the marks out and keeps a comma or stop that stands inside them; `outer` has the marks.
    `parent` is the index of the stretch that it is nested in. Stretches with the same `utterance` are one: an unclosed
    quotation over several paragraphs, marks that are reopened, a sentence that "…," she said, "…" interrupts.
    `paragraph` counts from 0.
    """

    inner: Span
    outer: Span
    parent: int | None
    utterance: int
    paragraph: int


def scan(text: str) -> tuple[Stretch, ...]:
    """Every stretch in order of start; two of them nest or stand apart."""
    pairs: list[Pair] = []
    numbers: list[int] = []
    for number, found in enumerate(_by_paragraph(text)):
        pairs += (here := list(_nested(found)))
        numbers += [number] * len(here)
    parents = _parents(pairs)
    utterances = join(text, pairs, parents, numbers)
    return tuple(
        Stretch(pair.inner, pair.outer, parent, utterance, number)
        for pair, parent, utterance, number in zip(pairs, parents, utterances, numbers, strict=True)
    )


def _by_paragraph(text: str) -> Iterator[list[Pair]]:
    whole = paragraphs(text)
    found = [marks(text, paragraph) for paragraph in whole]
    double = [[mark for mark in here if not mark.single] for here in found]
    carried = None
    for number, paragraph in enumerate(whole):
        following = found[number + 1][:1] if number + 1 < len(whole) else []
        reopened = following[0] if following and following[0].start == whole[number + 1].start else None
        closed = _closes_first(double[number + 1 : number + 1 + _CARRIED])
        continues = closed or (reopened is not None and not reopened.single)
        reader = DoubleMarks(text, paragraph, double[number], carried=carried, continues=continues)
        pairs = reader.paired()
        carried = reader.left_open if closed else None
        for scope, inside in _scopes(paragraph, pairs, [mark for mark in found[number] if mark.single]):
            pairs += pair_single(text, scope, inside, continues=scope == paragraph and reopened is not None)
        yield pairs


def _closes_first(following: Sequence[Sequence[Mark]]) -> bool:
    """Among the next paragraphs' double marks a closing one comes first: it closes what is open now."""
    first = next((here[0] for here in following if here), None)
    return first is not None and first.place is Role.CLOSES


def _scopes(paragraph: Span, pairs: Sequence[Pair], singles: Sequence[Mark]) -> list[tuple[Span, list[Mark]]]:
    """The single marks by the innermost double marks that they stand in."""
    inside: dict[Span, list[Mark]] = {}
    waiting = sorted(pairs, key=lambda pair: -pair.outer.start)
    around: list[Pair] = []
    for mark in singles:
        while waiting and waiting[-1].outer.start <= mark.start:
            around.append(waiting.pop())
        while around and around[-1].outer.end <= mark.start:
            around.pop()
        scope = around[-1].inner if around else paragraph
        inside.setdefault(scope, []).append(mark)
    return list(inside.items())


def _nested(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """In order of start, without those that would cross another."""
    ends: list[int] = []
    for pair in sorted(pairs, key=lambda pair: (pair.outer.start, -pair.outer.end)):
        while ends and ends[-1] <= pair.outer.start:
            ends.pop()
        if not ends or pair.outer.end <= ends[-1]:
            ends.append(pair.outer.end)
            yield pair


def _parents(pairs: Sequence[Pair]) -> list[int | None]:
    around: list[int] = []
    parents: list[int | None] = []
    for index, pair in enumerate(pairs):
        while around and pairs[around[-1]].outer.end <= pair.outer.start:
            around.pop()
        parents.append(around[-1] if around else None)
        around.append(index)
    return parents
