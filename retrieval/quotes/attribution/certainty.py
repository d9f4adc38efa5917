"""What is known of a choice of speaker once it is made, from which the probability that it is right is computed."""

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.domain import Kind, SpeakerKind
from retrieval.quotes.attribution.hypotheses import EvidenceSource, SpeakerDistribution, SpeakerHypothesis

CARRIED = (EvidenceSource.EARLIER_QUOTATION, EvidenceSource.LATER_QUOTATION, EvidenceSource.REPEATED_WORDS)
NAMED = (EvidenceSource.STANDING, EvidenceSource.LABEL)


@dataclass(frozen=True, slots=True)
class CertaintyFacts:
    """The likeliest speaker of one quotation, and where the evidence for it comes from.

    `probability`, `runner_up` and `nobody` are probabilities of the choice: of the speaker, of the next one, of nobody.
    `reported`, `beside`, `governed`, `carried` and `neighbouring` are shares, 0..1, of what speaks for the speaker: of
    reporting clauses, of names beside the words, of other clauses of their sentence, of other quotations, of sentences
    beside. `once`: the article names the speaker once.
    """

    probability: float
    runner_up: float
    nobody: float
    reported: float
    beside: float
    governed: float
    carried: float
    neighbouring: float
    kind: Kind
    words: int
    speaker_kind: SpeakerKind
    place: bool
    role: bool
    once: bool


def certainty_facts(speakers: SpeakerDistribution, kind: Kind, words: int) -> CertaintyFacts | None:
    """Return the facts of a choice, None where nobody is the likeliest; `words` counts those of the quotation."""
    entity, probability = speakers.likeliest
    if entity is None:
        return None
    supporting = speakers.supporting(entity)
    total = sum(weight for _, weight in supporting)

    def share(holds: Callable[[SpeakerHypothesis], bool]) -> float:
        return sum(weight for each, weight in supporting if holds(each)) / total if total else 0.0

    others = speakers.entities[1:]
    own = EvidenceSource.OWN_CLAUSE
    return CertaintyFacts(
        probability=probability,
        runner_up=next((weight for other, weight in others if other), 0.0),
        nobody=next((weight for other, weight in others if other is None), 0.0),
        reported=share(lambda each: each.evidence.is_reporting),
        beside=share(lambda each: each.evidence.source in NAMED),
        governed=share(lambda each: each.evidence.source is own and not each.evidence.is_reporting),
        carried=share(lambda each: each.evidence.source in CARRIED),
        neighbouring=share(lambda each: each.evidence.source is EvidenceSource.NEIGHBOUR_CLAUSE),
        kind=kind,
        words=words,
        speaker_kind=entity.kind,
        place=entity.is_place,
        role=bool(entity.roles),
        once=len(entity.occurrences) <= 1,
    )
