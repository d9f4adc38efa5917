"""Quote matching: where a given quotation stands in one article, by sentences, quotations and utterances. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answering.verification.quote_comparison import (
    GivenQuote,
    QuoteComparison,
    WordStream,
    compare,
    editions,
    given,
    same_characters,
)
from retrieval.domain import Article, Kind, Span
from retrieval.store.records import Unit
from retrieval.text.passages import overlapping_sentences, strip_span
from retrieval.text.polarity import contains_negation
from retrieval.text.tokens import vocabulary, words


class QuoteVerdict(StrEnum):
    """How a given quotation compares with the archive's words."""

    EXACT = "exact"
    TRIMMED = "trimmed"  # only ellipses, brackets, capitals, punctuation, or words missing at the ends
    ALTERED = "altered"  # most of the words, in order, and some inside differ
    PARAPHRASE = "paraphrase"  # other words for the same statement
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class MatchedSpan:
    """The whole sentences in which given words stand; of a quotation where `unit` is one."""

    span: Span
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A given quotation found in an article; `left_out` are the words missing at the ends of `places`."""

    article: Article
    comparison: QuoteComparison
    places: tuple[MatchedSpan, ...]
    left_out: tuple[str, ...]
    verdict: QuoteVerdict
    joined: bool = False
    """Whether words of two quotations are given as one."""

    @property
    def stressed(self) -> bool:
        """Whether what was changed or left out may change the meaning."""
        missing = [word.key for part in self.left_out for word in words(part)]
        return self.joined or self.comparison.stressed or contains_negation([*missing, *self.comparison.lost])


def interpretations(text: str) -> tuple[GivenQuote, ...]:
    """Return the ways to read a given quotation: brackets and ellipses are gaps, the article's own, or inside words."""
    gaps, literal = given(text), given(text, gaps=False)
    same = (len(literal.runs), literal.length) == (len(gaps.runs), gaps.length)
    return (*editions(text), *(() if same else (literal,)), gaps)


def least_cost(ways: Sequence[GivenQuote], text: str) -> float:
    """Return a lower bound of what `locate` finds in an article; it is found far sooner."""
    held = vocabulary(text)
    return min(way.least_cost(held) for way in ways)


def locate(ways: Sequence[GivenQuote], article: Article, units: Sequence[Unit]) -> QuoteMatch | None:
    """Return the best match, by any interpretation, in an article with the given units; None if there is none."""
    streams = tuple(_streams(article.text, units))
    found = [
        (way, compare(way, article.text, stream))
        for way in ways
        for number, stream in enumerate(streams)
        if number == 0 or stream.may_hold(way)
    ]
    said, best = min(found, key=lambda pair: pair[1].cost)
    if not best.found:
        return None
    quoted = [unit for unit in units if unit.quotation]
    places = tuple(_place(article.text, piece, quoted) for piece in best.pieces)
    left_out = _left_out(article.text, best.pieces, places)
    joined = _joins(best.runs, quoted)
    verdict = QuoteVerdict.ALTERED if joined else _verdict(said, article.text, best, left_out)
    return QuoteMatch(article, best, places, left_out, verdict, joined)


def _joins(runs: Sequence[Span], quoted: Sequence[Unit]) -> bool:
    """Whether the given runs stand in quotations of different utterances."""
    utterances = set()
    for run in runs:
        holding = [
            u.quotation for u in quoted if u.quotation and _kind(u) is not Kind.REPORTED and u.span.contains(run)
        ]
        utterances.update({quotation.utterance for quotation in holding if quotation.utterance is not None})
    return len(utterances) > 1 and not any(unit.span.contains(run) for unit in quoted for run in _whole(runs))


def _whole(runs: Sequence[Span]) -> tuple[Span, ...]:
    return (Span(runs[0].start, runs[-1].end),) if runs else ()


def _streams(text: str, units: Sequence[Unit]) -> Iterator[WordStream]:
    """The whole text, and each utterance that is interrupted by something that isn't part of it."""
    every = words(text)
    yield WordStream.of(every, [Span(0, len(text))])
    utterances: dict[int, list[Span]] = defaultdict(list)
    for unit in units:
        if unit.quotation and unit.quotation.utterance is not None and _kind(unit) is not Kind.REPORTED:
            utterances[unit.quotation.utterance].append(unit.span)
    for spans in utterances.values():
        if len(spans) > 1:
            yield WordStream.of(every, sorted(spans, key=lambda span: span.start))


def _verdict(said: GivenQuote, text: str, found: QuoteComparison, left_out: Sequence[str]) -> QuoteVerdict:
    if not found.same:
        return QuoteVerdict.ALTERED
    if left_out or len(said.runs) > 1 or len(found.pieces) > 1:
        return QuoteVerdict.TRIMMED
    if said.edited:
        return QuoteVerdict.TRIMMED
    before, after = said.runs[0][0].span.start, len(said.text) - said.runs[0][-1].span.end
    real = text[max(0, found.pieces[0].start - before) : found.pieces[0].end + after]
    return QuoteVerdict.EXACT if same_characters(said.text, real) else QuoteVerdict.TRIMMED


def _place(text: str, piece: Span, quoted: Sequence[Unit]) -> MatchedSpan:
    """The sentences of the quotation that holds most of the piece, or of the article where none does."""
    around = overlapping_sentences(text, piece) or (piece,)
    place = Span(around[0].start, around[-1].end)
    holding = [unit for unit in quoted if _shared(unit.span, piece) * 2 > piece.end - piece.start]
    if not holding:
        return MatchedSpan(place)
    unit = max(holding, key=lambda unit: (_kind(unit) is not Kind.REPORTED, _shared(unit.span, piece)))
    inside = Span(max(place.start, unit.span.start), min(place.end, unit.span.end))
    return MatchedSpan(strip_span(text, inside.start, inside.end) or inside, unit)


def _left_out(text: str, pieces: Sequence[Span], places: Sequence[MatchedSpan]) -> tuple[str, ...]:
    before = text[places[0].span.start : pieces[0].start]
    after = text[pieces[-1].end : places[-1].span.end]
    return tuple(part.strip() for part in (before, after) if words(part))


def _kind(unit: Unit) -> Kind:
    return unit.quotation.kind if unit.quotation else Kind.TEXT


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
