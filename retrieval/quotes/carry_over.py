"""Quotations without a clause of their own: the speaker of the quotation before, or of the one before that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.articles import Span
from retrieval.quotes.candidates import Features, Place
from retrieval.quotes.lexicon import SAYING
from retrieval.quotes.roster import Entity
from retrieval.quotes.scanner import Stretch
from retrieval.quotes.syntax import Parse, Token


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation that has its speaker."""

    index: int
    entity: Entity
    mention: Span | None


def carried(
    parse: Parse, stretches: Sequence[Stretch], index: int, place: Place, given: Sequence[Given]
) -> Iterator[tuple[Given, Features]]:
    """The speakers that may go on, with features; `given` are the quotations before, in order."""
    if not given:
        return
    last = given[-1]
    yield last, _features(parse, stretches, index, place, last, "carry")
    other = next((g for g in reversed(given) if g.entity is not last.entity), None)
    if other:
        yield other, _features(parse, stretches, index, place, other, "carry2")


def _features(parse: Parse, stretches: Sequence[Stretch], index: int, place: Place, given: Given, way: str) -> Features:
    here, there = stretches[index], stretches[given.index]
    between = parse.text[there.outer.end : here.outer.start]
    paragraphs = here.paragraph - there.paragraph
    lone = "alone" if place.alone else "accompanied"
    said_between = _clause_between(parse, there, place)
    starts = place.first.index == 0 or parse.tokens[place.first.index - 1].block != place.first.block
    near = "same" if paragraphs == 0 else "next" if paragraphs == 1 else "far"
    return {
        way: 1.0,
        f"{way}:{lone}": 1.0,
        f"{way}:{lone}:{near}": 1.0,
        f"{way}:{lone}:adjacent": float(not any(map(str.isalnum, between))),
        f"{way}:same_utterance": float(here.utterance == there.utterance),
        f"{way}:{lone}:said_between": float(said_between),
        f"{way}:{lone}:starts_paragraph": float(starts),
        f"{way}:same_sentence": float(_in_region(place.region, there)),
        f"{way}:sentences:{_bucket(between)}": 1.0,
        f"{way}:person": float(given.entity.is_person),
    }


def _clause_between(parse: Parse, there: Stretch, place: Place) -> bool:
    """Whether a new sentence with a saying verb stands between."""
    sentence = place.region[0].sentence - 1
    tokens = parse.sentence(sentence)
    new = bool(tokens) and tokens[0].start > there.outer.end
    return new and any(t.lemma in SAYING and t.pos == "VERB" and t.quotation is None for t in tokens)


def _in_region(region: Sequence[Token], stretch: Stretch) -> bool:
    return bool(region) and region[0].start <= stretch.inner.start <= region[-1].end


def _bucket(between: str) -> str:
    words = len(between.split())
    return "0" if words < 2 else "short" if words < 12 else "some" if words < 40 else "many"
