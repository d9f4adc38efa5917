"""Carry-over: the speaker of a quotation before or behind, for a quotation without a clause of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.domain import Span
from retrieval.quotes.attribution.doubts import is_doubtful
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.attribution.hypotheses import (
    Evidence,
    EvidenceSource,
    Shares,
    SpeakerDistribution,
    SpeakerHypothesis,
)
from retrieval.quotes.attribution.registry import Features
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

MOST_DOUBTS = 4
"""How many entities a quotation's speaker may be when it is carried over to another."""
MOST_BEFORE = 200
"""Quotations before one among which that of another speaker is looked for."""
MOST_BETWEEN = 5_000
"""Characters between two quotations that are looked at; the words in them are counted up to a few dozen."""


@dataclass(frozen=True, slots=True)
class AttributedQuotation:
    """A quotation with its speaker.

    `spread` are all entities that the speaker may be, each with its share.

    `doubtful`: the speaker is probable at best.
    """

    index: int
    entity: Entity
    mention: Span | None
    spread: Shares = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class CarryOverFacts:
    """How another quotation stands to the one whose speaker is looked for.

    `way` is "carry" for the quotation before, "carry_other" for the last one of another speaker, "next" for the one
    behind. `paragraphs` counts from one to the other; `words` are those between. `adjacent`: nothing but marks stands
    between; `said_between`: a new sentence with a saying verb does.
    """

    way: str
    surroundings: str
    paragraphs: int
    words: int
    adjacent: bool
    said_between: bool
    starts_paragraph: bool
    heading: bool
    same_utterance: bool
    same_sentence: bool
    fragment: bool
    person: bool


@dataclass(frozen=True, slots=True)
class NamedBetweenFacts:
    """Who is named between a quotation and the one before, seen from the speaker before.

    `speaker` and `other`: the speaker, or somebody else, is the subject of a clause there; `last_is_speaker` tells of
    the last person named, None where nobody is.
    """

    surroundings: str
    speaker: bool
    other: bool
    last_is_speaker: bool | None


def attributed_quotation(index: int, speakers: SpeakerDistribution) -> AttributedQuotation | None:
    """Return a quotation with its likeliest speaker, None where that is nobody."""
    best, entity = speakers.best, speakers.likeliest[0]
    if best is None or entity is None:
        return None
    return AttributedQuotation(index, entity, best.mention, speakers.entities[:MOST_DOUBTS], is_doubtful(speakers))


def same_speaker(given: AttributedQuotation, source: EvidenceSource, features: Features) -> SpeakerHypothesis:
    """Return the hypothesis that the speaker of another quotation speaks."""
    evidence = Evidence(source)
    return SpeakerHypothesis(
        given.entity, given.mention, 0, evidence, features, spread=given.spread, doubtful=given.doubtful
    )


class CarryOver:
    """Computes the facts for one quotation; `position` is where it stands."""

    def __init__(self, parse: Parse, stretches: Sequence[QuoteSpan], index: int, position: QuotePosition) -> None:
        """Keep the article and the quotation with the index `index`."""
        self._parse = parse
        self._stretches = stretches
        self._here = stretches[index]
        self._position = position

    def earlier(self, before: Sequence[AttributedQuotation]) -> Iterator[tuple[AttributedQuotation, CarryOverFacts]]:
        """Iterate over the speakers that may go on; `before` are the quotations before this one, in order."""
        if not before:
            return
        last = before[-1]
        yield last, self._facts(last, "carry")
        near = islice(reversed(before), MOST_BEFORE)
        other = next((each for each in near if each.entity is not last.entity), None)
        if other:
            yield other, self._facts(other, "carry_other")

    def later(self, behind: AttributedQuotation) -> CarryOverFacts:
        """Return the facts of the quotation behind this one."""
        return self._facts(behind, "next")

    def _facts(self, given: AttributedQuotation, way: str) -> CarryOverFacts:
        here, there = self._here, self._stretches[given.index]
        low, high = sorted((here, there), key=lambda stretch: stretch.outer.start)
        between = self._parse.text[low.outer.end : min(high.outer.start, low.outer.end + MOST_BETWEEN)]
        region = self._position.region
        return CarryOverFacts(
            way=way,
            surroundings=self._position.surroundings,
            paragraphs=abs(here.paragraph - there.paragraph),
            words=len(between.split()),
            adjacent=not any(map(str.isalnum, between)),
            said_between=self._said_between(there),
            starts_paragraph=self._starts_paragraph,
            heading=self._position.heading,
            same_utterance=here.utterance == there.utterance,
            same_sentence=region[0].start <= there.inner.start <= region[-1].end,
            fragment=self._position.fragment,
            person=given.entity.is_person,
        )

    @property
    def _starts_paragraph(self) -> bool:
        first = self._position.first
        return first.index == 0 or self._parse.tokens[first.index - 1].block != first.block

    def _said_between(self, there: QuoteSpan) -> bool:
        """Return whether a new sentence with a saying verb stands between."""
        tokens = self._parse.sentence(self._position.region[0].sentence - 1)
        new = bool(tokens) and tokens[0].start > there.outer.end
        return new and any(
            t.lemma in tagged("reporting_verb") and t.pos == "VERB" and t.quotation is None for t in tokens
        )


def named_between(speaker: Entity, named: Sequence[tuple[Entity, Token]], surroundings: str) -> NamedBetweenFacts:
    """Return the facts of those named between two quotations, in order, for the speaker of the first one."""
    subjects = [entity for entity, token in named if token.dep.startswith("nsubj")]
    return NamedBetweenFacts(
        surroundings=surroundings,
        speaker=any(entity is speaker for entity in subjects),
        other=any(entity is not speaker for entity in subjects),
        last_is_speaker=named[-1][0] is speaker if named else None,
    )
