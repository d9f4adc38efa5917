"""Speaker candidates of a quotation: mentions in its own sentence and beside it, each with its features."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.quotes.attribution.channels import CarrierFacts, is_outlet
from retrieval.quotes.attribution.facts.clause_facts import ClauseFacts, NeighbourClauseFacts, SentenceClauses, is_human
from retrieval.quotes.attribution.facts.clause_position import ClauseLocator, verb_class
from retrieval.quotes.attribution.facts.quote_position import QuotePosition, is_heading
from retrieval.quotes.attribution.hypotheses import ClauseEvidence, Evidence, EvidenceSource
from retrieval.quotes.attribution.labels import labels
from retrieval.quotes.attribution.registry import FeatureRegistry, Features
from retrieval.quotes.attribution.standing import standing_mentions
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.spans.standing_names import StandingName
from retrieval.quotes.syntax.clauses import Actor, actors
from retrieval.quotes.syntax.parse import Parse, Token

LONGEST_SENTENCE = 120
"""Most tokens of two sentences that are taken for one which the parser broke."""

LONGEST_REGION = 300
"""Tokens at which no further piece is joined to a sentence that the parser broke."""
MOST_ACTORS = 16
"""Actors of one sentence, or of one beside it, that are looked at; more than news articles have."""


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """A mention that may name the speaker of a quotation."""

    mention: Mention
    features: Features
    evidence: Evidence


class CandidateFinder:
    """Finds the speaker candidates of one article's quotations."""

    def __init__(
        self,
        parse: Parse,
        entities: EntityIndex,
        registry: FeatureRegistry,
        standing: Mapping[int, Sequence[StandingName]] | None = None,
    ) -> None:
        """Index the tokens of each quotation; `standing` are the names beside each, by its index."""
        self._standing = standing or {}
        self._parse = parse
        self._entities = entities
        self._registry = registry
        self._clauses = ClauseLocator(parse)
        self._tokens: dict[int, list[Token]] = {}
        for token in parse.tokens:
            if token.quotation is not None:
                self._tokens.setdefault(token.quotation, []).append(token)
        self._actors: dict[int, list[Actor]] = {}
        self._positions: dict[int, QuotePosition | None] = {}

    def position_of(self, quotation: int) -> QuotePosition | None:
        """Return where a quotation stands, None where the parse has no such quotation."""
        if quotation not in self._positions:
            tokens = self._tokens.get(quotation)
            self._positions[quotation] = self._locate(tokens) if tokens else None
        return self._positions[quotation]

    def _locate(self, tokens: Sequence[Token]) -> QuotePosition:
        """Return the position of a quotation with these tokens."""
        first, last = tokens[0].sentence, tokens[-1].sentence
        length = sum(self._parse.length(number) for number in range(first, last + 1))
        while length <= LONGEST_REGION and self._runs_on(last):
            last += 1
            length += self._parse.length(last)
        while length <= LONGEST_REGION and self._runs_on(first - 1):
            first -= 1
            length += self._parse.length(first)
        region = [t for number in range(first, last + 1) for t in self._parse.sentence(number)]
        quote = QuotePosition(tokens[0], tokens[-1], tuple(region))
        above = self._clauses.above(quote)
        positions = [(actor, self._clauses.of(quote, above, actor)) for actor in self._actors_around(quote)]
        reported = any(position.reporting for _, position in positions)
        asked = any(a.passive and a.verb.lemma == "ask" and s.side == "before" and not s.gap for a, s in positions)
        return replace(quote, reported=reported, heading=is_heading(self._parse, quote), asked=asked)

    def _runs_on(self, number: int) -> bool:
        """Whether the parser broke a sentence in two here: no stop at its end, or a small letter behind it."""
        sentence, following = self._parse.sentence(number), self._parse.sentence(number + 1)
        if not sentence or not following or sentence[0].block != following[0].block:
            return False
        if len(sentence) + len(following) > LONGEST_SENTENCE:
            return False
        words = [t for t in sentence if t.pos != "SPACE"]
        if not words:
            return True
        starts_small = following[0].quotation is None and following[0].text[:1].islower()
        return words[-1].text in (",", ":", ";") or starts_small or words[-1].text[-1:].isalnum()

    def around(self, quotation: int) -> Sequence[SpeakerCandidate]:
        """Return the candidates of the quotation's own sentence, then those of the sentences beside it.

        Outlets that only carry what another clause says have the feature of carriers.
        """
        found = list(self._around(quotation))
        outlets = [candidate for candidate in found if self._is_outlet(candidate.mention)]
        spoken = (c for c in found if c not in outlets and is_human(c.mention.form))
        if not any(candidate.evidence.is_reporting for candidate in spoken):
            return found
        carried = self._registry.features(CarrierFacts())
        return [replace(c, features=c.features | carried) if c in outlets else c for c in found]

    def _is_outlet(self, mention: Mention) -> bool:
        named = self._entities.of_token(mention.head)
        return bool(named) and is_outlet(self._parse, named[0], mention.head)

    def _around(self, quotation: int) -> Iterator[SpeakerCandidate]:
        quote = self.position_of(quotation)
        if quote is None:
            return
        own = list(self._own(SentenceClauses(self._parse, self._clauses, quote, self._actors_around(quote))))
        yield from own
        for mention, facts in labels(self._parse, self._entities, quote):
            yield SpeakerCandidate(mention, self._registry.features(facts), Evidence(EvidenceSource.LABEL))
        reporters = {candidate.mention.head.index for candidate in own if candidate.evidence.is_reporting}
        names = self._standing.get(quotation, ())
        for mention, beside in standing_mentions(self._parse, self._entities, names, reporters):
            yield SpeakerCandidate(mention, self._registry.features(beside), Evidence(EvidenceSource.STANDING))
        yield from self._beside(quote)

    def _actors_around(self, quote: QuotePosition) -> list[Actor]:
        """Return the actors of the quotation's own sentences, in order."""
        return _nearest(self._actors_in(quote.region), quote)

    def _actors_in(self, tokens: Sequence[Token]) -> list[Actor]:
        found: list[Actor] = []
        for number in dict.fromkeys(t.sentence for t in tokens):
            if number not in self._actors:
                self._actors[number] = list(actors(self._parse, self._parse.sentence(number)))
            found.extend(self._actors[number])
        return found

    def _own(self, clauses: SentenceClauses) -> Iterator[SpeakerCandidate]:
        for actor, position in clauses.each():
            mention = mention_of(self._parse, self._entities, actor.noun)
            facts = clauses.facts(actor, position, mention)
            reporting = facts.reporting is not None
            human = facts.clause.sort == "human" and facts.clause.verb != "quoted"
            voicing = reporting or (facts.clause.verb == "think" and position.gap == 0)
            clause = ClauseEvidence(
                actor.way, actor.verb.text, position.side, reporting, facts.factual, human=human, voicing=voicing
            )
            features = self._registry.features(facts.clause) | self._registry.features(facts)
            yield SpeakerCandidate(mention, features, Evidence(EvidenceSource.OWN_CLAUSE, clause))

    def _beside(self, quote: QuotePosition) -> Iterator[SpeakerCandidate]:
        """Iterate over candidates of the two sentences before and the one behind, of other paragraphs too."""
        first, last = quote.region[0].sentence, quote.region[-1].sentence
        for position, number in (("previous1", first - 1), ("previous2", first - 2), ("following1", last + 1)):
            if sentence := self._parse.sentence(number):
                yield from self._in_neighbour(quote, sentence, position)

    def _in_neighbour(
        self, quote: QuotePosition, sentence: Sequence[Token], position: str
    ) -> Iterator[SpeakerCandidate]:
        found = _nearest([actor for actor in self._actors_in(sentence) if actor.way != "shared"], quote)
        words = [t for t in sentence if t.pos != "SPACE"]
        ending = words[-1].text if words else ""
        quoted = any(t.quotation is not None for t in sentence)
        for number, actor in enumerate(found):
            mention = mention_of(self._parse, self._entities, actor.noun)
            facts = NeighbourClauseFacts(
                clause=ClauseFacts.of(actor, mention),
                position=position,
                surroundings=quote.surroundings,
                other_paragraph=sentence[0].block != quote.first.block,
                first_actor=number == 0,
                last_actor=number == len(found) - 1,
                colon=ending == ":" and verb_class(actor) in ("say", "according", "owner", "sender"),
                quoted=quoted,
                question=ending == "?" and not quoted,
                heading=quote.heading,
            )
            clause = ClauseEvidence(actor.way, actor.verb.text, position)
            evidence = Evidence(EvidenceSource.NEIGHBOUR_CLAUSE, clause)
            features = self._registry.features(facts.clause) | self._registry.features(facts)
            yield SpeakerCandidate(mention, features, evidence)


def _nearest(actors: list[Actor], quote: QuotePosition) -> list[Actor]:
    """Return the actors whose verbs stand nearest to a quotation, in order."""
    if len(actors) <= MOST_ACTORS:
        return actors

    def distance(actor: Actor) -> int:
        return max(quote.first.index - actor.verb.index, actor.verb.index - quote.last.index)

    near = {id(actor) for actor in sorted(actors, key=distance)[:MOST_ACTORS]}
    return [actor for actor in actors if id(actor) in near]
