"""Which stretches are one utterance: quotations that go on, that are reopened, or that a clause interrupts."""

import re
from collections.abc import Sequence

from retrieval.domain import Span
from retrieval.quotes.spans.pairing import Pair

_INTERRUPTION = re.compile(r",?\s(?!.*[.!?…:;]\s)(?!.*,\s(?:and|but|while|as|or)\b).{2,},\s", re.DOTALL)
_CLAUSE = 90
"""How many characters an interrupting clause may have."""
_INTERRUPTED = frozenset(",—–-…")
_SENTENCE_END = frozenset(".!?…,;")


def join(text: str, pairs: Sequence[Pair], parents: Sequence[int | None], paragraphs: Sequence[int]) -> list[int]:
    """For each pair the number of its utterance, counted from 0. `paragraphs` holds the number of its paragraph."""
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


def _goes_on(text: str, first: Pair, second: Pair, apart: int) -> bool:
    """`apart` is how many paragraphs lie between the two; 0 in the same one."""
    if apart > 1:
        return False
    between = Span(first.outer.end, second.outer.start)
    if apart == 1 or between.end == between.start:
        return first.open_ended and not between.of(text).strip()
    if not between.of(text).strip():
        return first.open_ended or text[first.inner.end - 1] in _SENTENCE_END
    return _interrupts(text, first, between)


def _interrupts(text: str, first: Pair, between: Span) -> bool:
    if between.end - between.start > _CLAUSE:
        return False
    interrupted = text[first.inner.end - 1] in _INTERRUPTED or text[between.start] == ","
    return interrupted and bool(_INTERRUPTION.fullmatch(text, between.start, between.end))
