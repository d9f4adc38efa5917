"""Speaker hypotheses of one quotation: who may speak, why, and with what probability."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.domain import Quotation, Span
from retrieval.quotes.attribution.registry import Features
from retrieval.quotes.entities.entity import Entity

REPORTING_BONUS = 2
"""How many times likelier another hypothesis of the same speaker must be than one from a reporting clause."""


class NestedRole(StrEnum):
    """What a hypothesis for words inside another quotation takes its entity for; a value of a feature name."""

    SELF = "self"  # the outer speaker, who quotes their own words or thoughts: "I told him, '…'"
    OUTER = "outer"  # the outer speaker, though nothing tells that they quote themselves
    SOURCE = "source"  # named by a clause of the outer words that introduces the inner ones: "people say, '…'"
    UNSURE = "unsure"  # meant by a pronoun that the outer words don't explain, or made to speak: "asked Lee to say '…'"
    OTHER = "other"


Shares = tuple[tuple[Entity | None, float], ...]


class EvidenceSource(StrEnum):
    """Where a hypothesis comes from."""

    NOBODY = "nobody"  # the article does not tell
    WRITER = "writer"  # the article's own "we" or "I"
    OWN_CLAUSE = "own_clause"
    NEIGHBOUR_CLAUSE = "neighbour_clause"
    LABEL = "label"
    STANDING = "standing"  # named where an attribution stands, read from the text alone
    TRANSCRIPT_LABEL = "transcript_label"
    OUTER_QUOTATION = "outer_quotation"
    CITED_SOURCE = "cited_source"
    EARLIER_QUOTATION = "earlier_quotation"
    LATER_QUOTATION = "later_quotation"
    REPEATED_WORDS = "repeated_words"
    INDIRECT_SPEECH = "indirect_speech"


@dataclass(frozen=True, slots=True)
class ClauseEvidence:
    """The clause that a hypothesis rests on.

    `relation` is how its actor hangs on the verb, `verb` the word as it stands in the article, `location` a side of the
    quotation or a neighbouring sentence. `reporting`: it introduces the quotation; `factual` is false of "never said".
    `voicing`: its verb says or thinks the words.
    `human`: its actor is a person or a group of people.
    """

    relation: str
    verb: str
    location: str
    reporting: bool = False
    factual: bool = True
    voicing: bool = False
    human: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a hypothesis comes from, with the clause if it rests on one; `nested` of a quotation inside another."""

    source: EvidenceSource
    clause: ClauseEvidence | None = None
    nested: NestedRole | None = None

    @property
    def is_reporting(self) -> bool:
        """Return whether it is a clause that introduces the quotation."""
        return self.clause is not None and self.clause.reporting

    @property
    def is_nonfactual(self) -> bool:
        """Return whether it is a clause that tells that the words were not said, or only might be."""
        return self.clause is not None and not self.clause.factual


@dataclass(frozen=True, slots=True)
class SpeakerHypothesis:
    """One phrase that may name the speaker, and one entity that the phrase may mean.

    `entity` is None for "the article does not tell". Hypotheses with the same `phrase` share it: `features` speak for
    the phrase, `referent_features` for the entity. A speaker taken over from another quotation brings along the doubts
    about that one: `spread`. `doubtful`: the phrase is a name that two people bear, or that quotation's speaker is in
    doubt, so that the speaker is probable at best.
    """

    entity: Entity | None
    mention: Span | None
    phrase: int
    evidence: Evidence
    features: Features
    referent_features: Features = field(default_factory=dict)
    spread: Shares = ()
    doubtful: bool = False

    @property
    def shares(self) -> Shares:
        """Return the entities that this hypothesis stands for, with their shares of its probability."""
        return self.spread or ((self.entity, 1.0),)


@dataclass(frozen=True, slots=True)
class SpeakerDistribution:
    """The hypotheses of one quotation with their probabilities, and these summed by entity, the likeliest first."""

    hypotheses: tuple[tuple[SpeakerHypothesis, float], ...]
    entities: Shares

    @classmethod
    def of(cls, hypotheses: Sequence[SpeakerHypothesis], probabilities: Sequence[float]) -> "SpeakerDistribution":
        """Return the distribution over hypotheses; each entity gets the sum of its shares."""
        pairs = tuple(zip(hypotheses, probabilities, strict=True))
        totals: dict[int, tuple[Entity | None, float]] = {}
        for hypothesis, probability in pairs:
            for entity, share in hypothesis.shares:
                totals[id(entity)] = (entity, totals.get(id(entity), (entity, 0.0))[1] + probability * share)
        return cls(pairs, tuple(sorted(totals.values(), key=lambda pair: -pair[1])))

    @property
    def likeliest(self) -> tuple[Entity | None, float]:
        """Return the likeliest entity and its probability; (None, 0.0) where there is no hypothesis."""
        return self.entities[0] if self.entities else (None, 0.0)

    def is_reported(self) -> bool:
        """Return whether a clause that introduces the quotation names the likeliest entity."""
        evidence = [hypothesis.evidence for hypothesis, _ in self.supporting(self.likeliest[0])]
        return any(each.is_reporting or each.source is EvidenceSource.INDIRECT_SPEECH for each in evidence)

    def nested_role(self) -> NestedRole | None:
        """Return the role that most of what speaks for the likeliest entity gives it; None outside of quotations."""
        weights: dict[NestedRole, float] = defaultdict(float)
        for hypothesis, probability in self.supporting(self.likeliest[0]):
            if hypothesis.evidence.nested:
                weights[hypothesis.evidence.nested] += probability
        return max(weights, key=lambda role: weights[role]) if weights else None

    def supporting(self, entity: Entity | None) -> list[tuple[SpeakerHypothesis, float]]:
        """Return the hypotheses that name the entity, with their probabilities."""
        return [pair for pair in self.hypotheses if pair[0].entity is entity]

    @property
    def best(self) -> SpeakerHypothesis | None:
        """Return the likeliest hypothesis of the likeliest entity; one from a reporting clause is preferred."""
        return self.best_for(self.entities[0][0]) if self.entities else None

    def best_for(self, entity: Entity | None) -> SpeakerHypothesis:
        """Return the likeliest hypothesis of an entity; one from a reporting clause is preferred."""
        pairs = self.supporting(entity) or self.hypotheses
        return max(pairs, key=lambda pair: pair[1] * (REPORTING_BONUS if pair[0].evidence.is_reporting else 1))[0]


@dataclass(frozen=True, slots=True)
class ExplainedQuotation:
    """A quotation with the distribution that its speaker was chosen from; None for what is no speech."""

    quotation: Quotation
    speakers: SpeakerDistribution | None
