"""Doubts that no probability outweighs: evidence beside the words for somebody else, and names that two people bear."""

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.quotes.attribution.hypotheses import EvidenceSource, SpeakerDistribution, SpeakerHypothesis
from retrieval.quotes.entities.entity import Entity

MOSTLY = 0.5
"""Share of what speaks for a speaker that decides where the speaker comes from."""
CARRIED = frozenset(
    {
        EvidenceSource.EARLIER_QUOTATION,
        EvidenceSource.LATER_QUOTATION,
        EvidenceSource.REPEATED_WORDS,
        EvidenceSource.NEIGHBOUR_CLAUSE,
    }
)
"""Sources elsewhere than beside the words."""
BESIDE = frozenset({EvidenceSource.STANDING, EvidenceSource.LABEL, EvidenceSource.TRANSCRIPT_LABEL})


@dataclass(frozen=True, slots=True)
class CompetingEvidence:
    """Somebody whom the words' own sentence, line or block names, where the speaker is carried over from elsewhere.

    `probability` is that of this rival as the speaker.
    """

    rival: Entity
    probability: float


def competing_evidence(speakers: SpeakerDistribution) -> CompetingEvidence | None:
    """Return the likeliest rival beside the words, None where the speaker is told beside them too."""
    chosen = speakers.likeliest[0]
    if chosen is None or _share(speakers, _is_carried) < MOSTLY:
        return None
    beside = [each.entity for each, _ in speakers.hypotheses if _is_beside(each) and each.entity is not chosen]
    rivals = {id(entity) for entity in beside if entity is not None}
    found = ((entity, weight) for entity, weight in speakers.entities if entity and id(entity) in rivals)
    return next((CompetingEvidence(entity, weight) for entity, weight in found), None)


def rests_on_doubt(speakers: SpeakerDistribution) -> bool:
    """Return whether mostly a name that two people bear, or a doubtful quotation, tells the likeliest speaker."""
    return _share(speakers, lambda each: each.doubtful) >= MOSTLY


def is_doubtful(speakers: SpeakerDistribution) -> bool:
    """Return whether the likeliest speaker is probable at best."""
    return rests_on_doubt(speakers) or competing_evidence(speakers) is not None


def _is_carried(hypothesis: SpeakerHypothesis) -> bool:
    return hypothesis.evidence.source in CARRIED


def _is_beside(hypothesis: SpeakerHypothesis) -> bool:
    clause = hypothesis.evidence.clause
    own = hypothesis.evidence.source is EvidenceSource.OWN_CLAUSE and clause is not None and clause.human
    return own or hypothesis.evidence.source in BESIDE


def _share(speakers: SpeakerDistribution, holds: Callable[[SpeakerHypothesis], bool]) -> float:
    """Return what part of the probability behind the likeliest speaker comes from hypotheses of one kind."""
    supporting = speakers.supporting(speakers.likeliest[0])
    total = sum(probability for _, probability in supporting)
    return sum(probability for each, probability in supporting if holds(each)) / total if total else 0.0
