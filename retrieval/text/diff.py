"""Differences between two texts, and the position in one of a span of the other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from rapidfuzz.distance import Indel, LCSseq

from retrieval.domain import Span
from retrieval.text.alignment import nearest_window
from retrieval.text.solid_text import SolidText
from retrieval.text.tokens import Word, words

_PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_PLAIN = str.maketrans("’‘ʼ“”„‟–—\u00a0\u202f", '\'\'\'""""--  ')  # one for one, so that offsets stay
_MARKS = ("'", '"')
_MAX_ALIGNED_WORDS = 1_000  # a longer passage, once changed, is found in its place alone
_REACH_WORDS = 2_000  # the same for one of which words were changed
_MAX_TOKEN_PAIRS = 25_000_000  # beyond it a passage counts as changed altogether
_MAX_BLANKS = 200  # more white space than words in the place of a passage isn't looked through
_MIN_WORDS_BETWEEN = 2  # unchanged words that keep two changes apart
_MIN_MOVED_WORDS = 3  # from so many words on, the same words elsewhere count as moved
_MIN_SHARE_KEPT = 0.5  # share of the words that must be left for them to count as changed, not as removed


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: the span `old` of one text is the span `new` of the other; either may be empty."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class TracedSpan:
    """Where a span of one text stands in another, or what replaces it there; `span` is None where nothing does.

    `same` means word for word and mark for mark, apart from white space and the shape of quotation marks.
    """

    span: Span | None
    same: bool


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return the changes between two texts in order; what lies between them is the same to the character."""
    found: list[Difference] = []
    for part in _differences(old, new, Span(0, len(old)), Span(0, len(new)), _PARAGRAPH):
        found += _differences(old, new, part.old, part.new, _TOKEN)
    return tuple(_joined(found, old))


def _differences(old: str, new: str, here: Span, there: Span, pattern: re.Pattern[str]) -> list[Difference]:
    """Return the changes between two spans, by the tokens of a pattern that skips no character."""
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
    if len(a) * len(b) > _MAX_TOKEN_PAIRS:
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
    """Return the changes with those merged that have hardly a word between them."""
    joined: list[Difference] = []
    for difference in found:
        last = joined[-1] if joined else None
        between = old[last.old.end : difference.old.start] if last else ""
        if last and "\n" not in between and len(words(between)) < _MIN_WORDS_BETWEEN:
            old_span = Span(last.old.start, difference.old.end)
            joined[-1] = Difference(old_span, Span(last.new.start, difference.new.end))
        else:
            joined.append(difference)
    return joined


def span_tracer(old: str, new: str) -> Callable[[Span], TracedSpan]:
    """Return a function that finds a span of `old` in `new`."""
    old, new = old.translate(_PLAIN), new.translate(_PLAIN)
    return _Tracer(old, new, differences(old, new)).trace


def find_verbatim(given: str, text: str) -> Span | None:
    """Return the first span of a text with the given words, whatever its white space and quotation marks, or None."""
    plain = text.translate(_PLAIN)
    return SolidText(plain).first(given.translate(_PLAIN).split(), Span(0, len(plain)))


@dataclass(frozen=True)
class _Tracer:
    """Finds spans of one text in another; takes time linear in the spans and in the texts, not in their product."""

    old: str
    new: str
    changes: Sequence[Difference]

    @cached_property
    def words(self) -> Sequence[Word]:
        """Return the words of the new text."""
        return words(self.new)

    @cached_property
    def solid(self) -> "SolidText":
        """Return the new text with single blanks."""
        return SolidText(self.new)

    def trace(self, span: Span) -> TracedSpan:
        """Return what has become of a span."""
        given, opposite = span.of(self.old), _opposite(span, self.changes)
        alike = opposite.end - opposite.start <= 2 * len(given) + _MAX_BLANKS
        if alike and given.split() == opposite.of(self.new).split():
            return TracedSpan(opposite, same=True)
        quoted = self.old[max(0, span.start - 1) : span.start] in _MARKS
        found = self._same_words(given, opposite, quoted=quoted)
        if found is not None:
            return TracedSpan(found, same=True)
        return TracedSpan(self._nearest(given, opposite), same=False)

    def _same_words(self, given: str, near: Span, *, quoted: bool) -> Span | None:
        """Return the nearest span with the same words; a few words that were quoted must be quoted there too."""
        enough = len(words(given)) >= _MIN_MOVED_WORDS
        if not enough and not quoted:
            return self.solid.first(given.split(), near)
        return self.solid.nearest(given.split(), near.start, quoted=quoted and not enough)

    def _nearest(self, given: str, near: Span) -> Span | None:
        """Return the span that most of the given words became: in their place, or wherever most of them stand."""
        keys = [word.key for word in words(given)]
        first = bisect_left(self.words, near.start, key=_start_of)
        last = bisect_left(self.words, near.end, key=_start_of)
        if last > first and self.words[last - 1].span.end > near.end:
            last -= 1
        here = self.words[first:last] if last - first <= 4 * len(keys) else ()  # more can't be kept by half
        window: Sequence[Word] = ()
        if _MIN_MOVED_WORDS <= len(keys) <= _MAX_ALIGNED_WORDS:
            around = self.words[max(0, first - _REACH_WORDS) : first + len(keys) + _REACH_WORDS]
            window = around[nearest_window(keys, [word.key for word in around])]
        for part in (here, window):
            left = LCSseq.similarity(keys, [word.key for word in part])
            if part and left >= _MIN_SHARE_KEPT * max(len(keys), len(part) / 2):
                return Span(part[0].span.start, part[-1].span.end)
        return None


def _start_of(word: Word) -> int:
    return word.span.start


def _opposite(span: Span, changes: Sequence[Difference]) -> Span:
    """Return the span of the new text that lies where `span` lay, without what was inserted at its ends."""
    start, end = _start(span.start, changes), _end(span.end, changes)
    return Span(start, max(start, end))


def _start(at: int, changes: Sequence[Difference]) -> int:
    number = bisect_right(changes, at, key=_old_end)
    if number < len(changes) and changes[number].old.start < at:
        return changes[number].new.start
    return at + _shift_behind(changes, number - 1)


def _end(at: int, changes: Sequence[Difference]) -> int:
    number = bisect_left(changes, at, key=_old_end)
    if number < len(changes) and changes[number].old.start < at:
        return changes[number].new.end
    return at + _shift_behind(changes, number - 1)


def _old_end(change: Difference) -> int:
    return change.old.end


def _shift_behind(changes: Sequence[Difference], number: int) -> int:
    """Return how far the text behind a change lies from its old place; 0 before the first change."""
    return changes[number].new.end - changes[number].old.end if number >= 0 else 0
