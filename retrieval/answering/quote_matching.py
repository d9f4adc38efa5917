"""Where words that somebody gives stand in one article, as a whole: quotations, utterances and sentences. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answering.quote_comparison import Comparison, Given, Stream, compare, given, same_characters
from retrieval.domain import Article, Kind, Span
from retrieval.store.records import Unit
from retrieval.text.passages import overlapping_sentences, strip_span
from retrieval.text.polarity import contains_negation
from retrieval.text.tokens import vocabulary, words


class Wording(StrEnum):
    """How the words given stand to the archive's."""

    EXACT = "exact"
    TRIMMED = "trimmed"  # only ellipses, brackets, capitals, punctuation, or words missing at the ends
    ALTERED = "altered"  # most of the words, in order, and some inside differ
    PARAPHRASE = "paraphrase"  # other words for what somebody said
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Place:
    """The whole sentences, of a quotation where `unit` is one, in which given words stand."""

    span: Span
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The given words found in an article. `left_out` are the words of `places` that are missing at the ends."""

    article: Article
    comparison: Comparison
    places: tuple[Place, ...]
    left_out: tuple[str, ...]
    verdict: Wording

    @property
    def stressed(self) -> bool:
        """Whether what was changed or left out may turn the sense."""
        missing = [word.key for part in self.left_out for word in words(part)]
        return self.comparison.stressed or contains_negation([*missing, *self.comparison.lost])


def readings(text: str) -> tuple[Given, ...]:
    """How words that somebody gives may be read: brackets and ellipses are gaps, or the article's own."""
    gaps, literal = given(text), given(text, gaps=False)
    return (literal, gaps) if (len(literal.runs), literal.length) != (len(gaps.runs), gaps.length) else (gaps,)


def least_cost(ways: Sequence[Given], text: str) -> float:
    """What `locate` finds in an article costs so much or more; this is found out far sooner."""
    held = vocabulary(text)
    return min(way.least_cost(held) for way in ways)


def locate(ways: Sequence[Given], article: Article, units: Sequence[Unit]) -> Match | None:
    """The best match, by any of the readings, in an article that has the given units, None if it isn't there."""
    streams = tuple(_streams(article.text, units))
    found = [(way, compare(way, article.text, stream)) for way in ways for stream in streams]
    said, best = min(found, key=lambda pair: pair[1].cost)
    if not best.found:
        return None
    quoted = [unit for unit in units if unit.quotation]
    places = tuple(_place(article.text, piece, quoted) for piece in best.pieces)
    left_out = _left_out(article.text, best.pieces, places)
    return Match(article, best, places, left_out, _verdict(said, article.text, best, left_out))


def _streams(text: str, units: Sequence[Unit]) -> Iterator[Stream]:
    """The whole text, and each utterance that is interrupted by something that isn't part of it."""
    every = words(text)
    yield Stream.of(every, [Span(0, len(text))])
    utterances: dict[int, list[Span]] = defaultdict(list)
    for unit in units:
        if unit.quotation and unit.quotation.utterance is not None and _kind(unit) is not Kind.REPORTED:
            utterances[unit.quotation.utterance].append(unit.span)
    for spans in utterances.values():
        if len(spans) > 1:
            yield Stream.of(every, sorted(spans, key=lambda span: span.start))


def _verdict(said: Given, text: str, found: Comparison, left_out: Sequence[str]) -> Wording:
    if not found.same:
        return Wording.ALTERED
    if left_out or len(said.runs) > 1 or len(found.pieces) > 1:
        return Wording.TRIMMED
    before, after = said.runs[0][0].span.start, len(said.text) - said.runs[0][-1].span.end
    real = text[max(0, found.pieces[0].start - before) : found.pieces[0].end + after]
    return Wording.EXACT if same_characters(said.text, real) else Wording.TRIMMED


def _place(text: str, piece: Span, quoted: Sequence[Unit]) -> Place:
    """The sentences of the quotation that holds most of the piece, or of the article where none does."""
    around = overlapping_sentences(text, piece) or (piece,)
    place = Span(around[0].start, around[-1].end)
    holding = [unit for unit in quoted if _shared(unit.span, piece) * 2 > piece.end - piece.start]
    if not holding:
        return Place(place)
    unit = max(holding, key=lambda unit: (_kind(unit) is not Kind.REPORTED, _shared(unit.span, piece)))
    inside = Span(max(place.start, unit.span.start), min(place.end, unit.span.end))
    return Place(strip_span(text, inside.start, inside.end) or inside, unit)


def _left_out(text: str, pieces: Sequence[Span], places: Sequence[Place]) -> tuple[str, ...]:
    before = text[places[0].span.start : pieces[0].start]
    after = text[pieces[-1].end : places[-1].span.end]
    return tuple(part.strip() for part in (before, after) if words(part))


def _kind(unit: Unit) -> Kind:
    return unit.quotation.kind if unit.quotation else Kind.TEXT


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
