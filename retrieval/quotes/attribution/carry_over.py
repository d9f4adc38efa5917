"""Quotations without a clause of their own: the speaker of a quotation before, or of the one behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.spans.scanner import Stretch
from retrieval.quotes.syntax.parse import Parse
from retrieval.quotes.syntax.quote_position import Place
from retrieval.text.lexicon import tagged


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation that has its speaker. `spread` is how sure that is: every entity that it may be, with its share."""

    index: int
    entity: Entity
    mention: Span | None
    spread: tuple[tuple[Entity | None, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The quotation whose speaker is looked for, and where it stands."""

    parse: Parse
    stretches: Sequence[Stretch]
    index: int
    place: Place

    @property
    def stretch(self) -> Stretch:
        return self.stretches[self.index]

    @property
    def starts_paragraph(self) -> bool:
        first = self.place.first
        return first.index == 0 or self.parse.tokens[first.index - 1].block != first.block


def carried(context: Context, given: Sequence[Given]) -> Iterator[tuple[Given, Features]]:
    """The speakers that may go on, with features; `given` are the quotations before, in order."""
    if not given:
        return
    last = given[-1]
    yield last, _features(context, last, "carry")
    other = next((g for g in reversed(given) if g.entity is not last.entity), None)
    if other:
        yield other, _features(context, other, "carry2")


def ahead(context: Context, later: Given) -> Features:
    """For the speaker of the quotation behind."""
    return _features(context, later, "next")


def _features(context: Context, given: Given, way: str) -> Features:
    here, there = context.stretch, context.stretches[given.index]
    low, high = sorted((here, there), key=lambda stretch: stretch.outer.start)
    between = context.parse.text[low.outer.end : high.outer.start]
    paragraphs = abs(here.paragraph - there.paragraph)
    company = context.place.company
    near = "same" if paragraphs == 0 else "next" if paragraphs == 1 else "far"
    region = context.place.region
    return {
        way: 1.0,
        f"{way}:{company}": 1.0,
        f"{way}:{company}:{near}": 1.0,
        f"{way}:{company}:adjacent": float(not any(map(str.isalnum, between))),
        f"{way}:{company}:said_between": float(_clause_between(context, there)),
        f"{way}:{company}:starts_paragraph": float(context.starts_paragraph),
        f"{way}:{company}:heading": float(context.place.heading),
        f"{way}:same_utterance": float(here.utterance == there.utterance),
        f"{way}:{company}:same_sentence": float(region[0].start <= there.inner.start <= region[-1].end),
        f"{way}:{company}:words:{_bucket(between)}": 1.0,
        f"{way}:fragment": float(context.place.fragment),
        f"{way}:person": float(given.entity.is_person),
    }


def _clause_between(context: Context, there: Stretch) -> bool:
    """Whether a new sentence with a saying verb stands between."""
    tokens = context.parse.sentence(context.place.region[0].sentence - 1)
    new = bool(tokens) and tokens[0].start > there.outer.end
    return new and any(t.lemma in tagged("reporting_verb") and t.pos == "VERB" and t.quotation is None for t in tokens)


def _bucket(between: str) -> str:
    words = len(between.split())
    return "0" if words < 2 else "short" if words < 12 else "some" if words < 40 else "many"
