"""A text whose words are looked for whatever the white space between them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice

from retrieval.domain import Span

_MARKS = ("'", '"')
_SOLID = re.compile(r"\S+")
_REACH_CHARACTERS = 100_000  # on each side of its place within which a moved passage is looked for
_MOST_INSIDE = 1_000  # places inside other words that are passed over
_MOST_PLACES = 100  # places on each side that are looked at; most stand alone, and the first of these is taken


@dataclass(frozen=True)
class SolidText:
    """A text in which words are looked for whatever the white space between them."""

    text: str
    solid: str = field(init=False)
    starts: Sequence[int] = field(init=False)
    places: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        """Join the words by single blanks; `starts` and `places` are where each stands in the text and in `solid`."""
        found = list(_SOLID.finditer(self.text))
        object.__setattr__(self, "solid", " ".join(match[0] for match in found))
        object.__setattr__(self, "starts", [match.start() for match in found])
        object.__setattr__(self, "places", list(accumulate((len(match[0]) + 1 for match in found), initial=0)))

    def first(self, pieces: Sequence[str], within: Span) -> Span | None:
        """Return the first span with these pieces within a span."""
        given, at = " ".join(pieces), self._place(within.start)
        for _ in range(_MOST_INSIDE):
            at = self.solid.find(given, at) if given else -1
            if at < 0:
                return None
            span = self._span(at, len(given))
            if span.end > within.end:
                return None
            if span.start >= within.start and self._stands_alone(span, within.end, quoted=False):
                return span
            at += 1
        return None

    def nearest(self, pieces: Sequence[str], near: int, *, quoted: bool) -> Span | None:
        """Return the span with these pieces that begins nearest to an offset; `quoted`: behind a quotation mark."""
        given, here = " ".join(pieces), self._place(near)
        if not given:
            return None
        places = (self._before(given, here), self._behind(given, here))
        spans = (islice((self._span(at, len(given)) for at in found), _MOST_PLACES) for found in places)
        alone = (
            next((span for span in found if self._stands_alone(span, len(self.text), quoted=quoted)), None)
            for found in spans
        )
        return min((span for span in alone if span), key=lambda span: abs(span.start - near), default=None)

    def _behind(self, given: str, here: int) -> Iterator[int]:
        """Yield where the words stand from a place on, the nearest first."""
        at, last = here, here + _REACH_CHARACTERS + len(given)
        while (at := self.solid.find(given, at, last)) >= 0:
            yield at
            at += 1

    def _before(self, given: str, here: int) -> Iterator[int]:
        """Yield where the words stand before a place, the nearest first."""
        end, first = here + len(given) - 1, max(0, here - _REACH_CHARACTERS)
        while (at := self.solid.rfind(given, first, end)) >= 0:
            yield at
            end = at + len(given) - 1

    def _stands_alone(self, span: Span, end: int, *, quoted: bool) -> bool:
        before, behind = self.text[max(0, span.start - 1) : span.start], self.text[span.end : min(span.end + 1, end)]
        return (before in _MARKS if quoted else not _is_letter(before)) and not _is_letter(behind)

    def _place(self, offset: int) -> int:
        """Return the offset in `solid` of an offset in the text."""
        number = bisect_right(self.starts, offset) - 1
        if number < 0:
            return 0
        return min(self.places[number] + offset - self.starts[number], self.places[number + 1])

    def _span(self, place: int, length: int) -> Span:
        return Span(self._offset(place), self._offset(place + length - 1) + 1)

    def _offset(self, place: int) -> int:
        number = bisect_right(self.places, place) - 1
        return self.starts[number] + place - self.places[number]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
