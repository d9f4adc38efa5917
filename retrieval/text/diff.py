"""What differs between two texts, and where words of the one stand in the other. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from rapidfuzz.distance import Indel, LCSseq

from retrieval.domain import Span
from retrieval.text.alignment import nearest_window
from retrieval.text.tokens import words

_PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_PLAIN = str.maketrans("’‘ʼ“”„‟–—\u00a0\u202f", '\'\'\'""""--  ')  # one for one, so that offsets stay
_MARKS = ("'", '"')
_QUOTED, _APART = r"(?<=['\"])", r"(?<!\w)"
_LARGEST = 25_000_000  # pairs of tokens that are compared; what is larger counts as changed altogether
_ISLAND = 2  # words that stayed the same between two changes, from which these are told apart
_MOVED = 3  # words from which the same words elsewhere are taken for these
_LIKENESS = 0.5  # share of the words that must be left for them to count as changed rather than taken out


@dataclass(frozen=True, slots=True)
class Difference:
    """`old` of the one text stands where the other has `new`; either may be empty."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class TracedSpan:
    """Where words stand in another text, or what stands in their place; None for nothing.

    `same` means word for word and mark for mark, whatever the white space and the shape of quotation marks.
    """

    span: Span | None
    same: bool


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """In order. What lies between them is the same in both texts, to the character."""
    found: list[Difference] = []
    for part in _differences(old, new, Span(0, len(old)), Span(0, len(new)), _PARAGRAPH):
        found += _differences(old, new, part.old, part.new, _TOKEN)
    return tuple(_joined(found, old))


def _differences(old: str, new: str, here: Span, there: Span, pattern: re.Pattern[str]) -> list[Difference]:
    """Within two stretches, by tokens of a pattern that leaves out no character."""
    olds, news = pattern.findall(here.of(old)), pattern.findall(there.of(new))
    old_starts = list(accumulate(map(len, olds), initial=here.start))
    new_starts = list(accumulate(map(len, news), initial=there.start))
    return [
        Difference(Span(old_starts[a.start], old_starts[a.stop]), Span(new_starts[b.start], new_starts[b.stop]))
        for a, b in _changed(olds, news)
    ]


def _changed(olds: Sequence[str], news: Sequence[str]) -> list[tuple[slice, slice]]:
    ends = min(len(olds), len(news))
    head = next((at for at in range(ends) if olds[at] != news[at]), ends)
    tail = next((at for at in range(ends - head) if olds[-1 - at] != news[-1 - at]), ends - head)
    a, b = olds[head : len(olds) - tail], news[head : len(news) - tail]
    if not a and not b:
        return []
    if len(a) * len(b) > _LARGEST:
        return [(slice(head, head + len(a)), slice(head, head + len(b)))]
    numbers = {token: number for number, token in enumerate(dict.fromkeys([*a, *b]))}
    same = Indel.opcodes([numbers[token] for token in a], [numbers[token] for token in b])
    kept = [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in same if op.tag == "equal"]
    changed, old_at, new_at = [], 0, 0
    for old_start, old_end, new_start, new_end in [*kept, (len(a), len(a), len(b), len(b))]:
        if old_at < old_start or new_at < new_start:
            changed.append((slice(head + old_at, head + old_start), slice(head + new_at, head + new_start)))
        old_at, new_at = old_end, new_end
    return changed


def _joined(found: Sequence[Difference], old: str) -> list[Difference]:
    """Changes with hardly a word between them read better as one."""
    joined: list[Difference] = []
    for difference in found:
        last = joined[-1] if joined else None
        between = old[last.old.end : difference.old.start] if last else ""
        if last and "\n" not in between and len(words(between)) < _ISLAND:
            old_span = Span(last.old.start, difference.old.end)
            joined[-1] = Difference(old_span, Span(last.new.start, difference.new.end))
        else:
            joined.append(difference)
    return joined


def span_tracer(old: str, new: str) -> Callable[[Span], TracedSpan]:
    """A function that finds words of `old`, given by their place, in `new`."""
    old, new = old.translate(_PLAIN), new.translate(_PLAIN)
    return partial(_trace, old, new, differences(old, new))


def find_verbatim(given: str, text: str) -> Span | None:
    """Where these very words stand, whatever the white space and the shape of quotation marks; None for nowhere."""
    plain = text.translate(_PLAIN)
    return _same_words(given.translate(_PLAIN), plain, Span(0, len(plain)), quoted=False)


def _trace(old: str, new: str, changes: Sequence[Difference], span: Span) -> TracedSpan:
    given, opposite = span.of(old), _opposite(span, changes)
    if given.split() == opposite.of(new).split():
        return TracedSpan(opposite, same=True)
    quoted = old[max(0, span.start - 1) : span.start] in _MARKS
    found = _same_words(given, new, opposite, quoted=quoted)
    if found is not None:
        return TracedSpan(found, same=True)
    return TracedSpan(_nearest(given, new, opposite), same=False)


def _opposite(span: Span, changes: Sequence[Difference]) -> Span:
    """The stretch of the new text that lies where `span` lay; what was inserted at its very ends is left out."""
    start, end = _start(span.start, changes), _end(span.end, changes)
    return Span(start, max(start, end))


def _start(at: int, changes: Sequence[Difference]) -> int:
    shift = 0
    for change in changes:
        if change.old.end > at:
            return change.new.start if change.old.start < at else at + shift
        shift = change.new.end - change.old.end
    return at + shift


def _end(at: int, changes: Sequence[Difference]) -> int:
    shift = 0
    for change in changes:
        if change.old.start >= at:
            break
        if change.old.end >= at:
            return change.new.end
        shift = change.new.end - change.old.end
    return at + shift


def _same_words(given: str, new: str, near: Span, *, quoted: bool) -> Span | None:
    """The same words, the nearest. A few may stand elsewhere by chance: if they were quoted, they must be there too."""
    pieces = given.split()
    if not pieces:
        return None
    enough = len(words(given)) >= _MOVED
    before = _QUOTED if quoted and not enough else _APART
    wanted = re.compile(before + r"\s+".join(map(re.escape, pieces)) + r"(?!\w)")
    within = Span(0, len(new)) if enough or quoted else near
    places = [Span(*match.span()) for match in wanted.finditer(new, within.start, within.end)]
    return min(places, key=lambda place: abs(place.start - near.start), default=None)


def _nearest(given: str, new: str, near: Span) -> Span | None:
    """What most of the given words became: in their place, or wherever most of them stand."""
    keys = [word.key for word in words(given)]
    every = words(new)
    here = [word for word in every if near.contains(word.span)]
    window = every[nearest_window(keys, [word.key for word in every])] if len(keys) >= _MOVED else ()
    for stretch in (here, window):
        left = LCSseq.similarity(keys, [word.key for word in stretch])
        if stretch and left >= _LIKENESS * max(len(keys), len(stretch) / 2):
            return Span(stretch[0].span.start, stretch[-1].span.end)
    return None
