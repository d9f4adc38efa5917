"""Calibration: from probabilities to a speaker that is certain, probable, or unclear with the reason."""

from retrieval.domain import Certainty, Span, Speaker
from retrieval.quotes.attribution.doubts import CompetingEvidence, competing_evidence, rests_on_doubt
from retrieval.quotes.attribution.hypotheses import NestedRole, SpeakerDistribution
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.speaking_ability import Ability
from retrieval.reasons import Reason, ReasonCode

CERTAIN = 0.921
"""Least probability of being right of a speaker who is shown as certain; 98.5 of 100 were right out of fold."""
PROBABLE = 0.25
"""Least probability of a speaker who is named at all."""
DOUBT = 0.05
"""Least probability of an entity that is named in a doubt."""
COMPETING = 0.25
"""Least probability of a rival beside the words with whom a speaker carried over from elsewhere competes."""
LONGEST_MENTION = 40
"""Most characters of a phrase that a doubt repeats."""
SCARCE_WORDS = 2
"""Most words between marks in the writer's sentence that may be anybody's or nobody's."""
SPOKEN = 0.6
"""Least probability of the likeliest speaker for so few words to be that speaker's."""
NO_SPEAKER = Reason.of(ReasonCode.NOT_A_SPEAKER)
NONFACTUAL = 0.3
"""Share of what speaks for a speaker that tells that the words were not said, for the words to be nobody's."""
UNTOLD = Reason.of(ReasonCode.SPEAKER_NOT_TOLD)


def is_unattributed(speakers: SpeakerDistribution, quoted: str) -> bool:
    """Return whether a word or two between marks are the writer's own: nobody is likely to have said them."""
    entity, confidence = speakers.likeliest
    return len(quoted.split()) <= SCARCE_WORDS and (entity is None or confidence < SPOKEN)


def speaker_of(
    speakers: SpeakerDistribution, text: str, certain: float = CERTAIN, right: float | None = None
) -> tuple[Speaker, Span | None]:
    """Return the speaker as shown, and the span that names it.

    `right` is the probability that the likeliest speaker is right, where another one is known than that of the choice
    itself; `certain` is the least one to be certain.
    """
    entity, confidence = speakers.likeliest
    mention = speakers.best.mention if speakers.best else None
    if _is_nonfactual(speakers):
        return _unclear(0.0, UNTOLD), mention
    if entity is None or confidence < PROBABLE:
        return _unclear(confidence, _reason(speakers, text)), mention
    confidence = confidence if right is None else right
    rival = competing_evidence(speakers)
    if refusal := _refusal(speakers, entity, rival):
        return _unclear(confidence, refusal), mention
    if confidence >= certain and rival is None and not _is_doubtful(speakers, entity):
        return _named(entity, confidence, Certainty.CERTAIN, None), mention
    doubtful = entity.ability is Ability.DOUBTFUL
    reason = Reason.of(ReasonCode.MAY_NOT_SPEAK, name=entity.full_name) if doubtful else _reason(speakers, text)
    return _named(entity, confidence, Certainty.PROBABLE, reason), mention


def _refusal(speakers: SpeakerDistribution, entity: Entity, rival: CompetingEvidence | None) -> Reason | None:
    """Return why the likeliest entity is not named at all: the words are another's, or it can't speak."""
    if rival and rival.probability >= COMPETING:
        return Reason.of(ReasonCode.SPEAKER_AMBIGUOUS, name=entity.full_name, other=rival.rival.full_name)
    if speakers.nested_role() is NestedRole.OUTER:
        return Reason.of(ReasonCode.WORDS_OF_ANOTHER, name=entity.full_name)
    doubtful = entity.ability is Ability.DOUBTFUL and not speakers.is_reported()
    return NO_SPEAKER if doubtful or entity.ability is Ability.UNABLE else None


def _is_doubtful(speakers: SpeakerDistribution, entity: Entity) -> bool:
    """Return whether the likeliest entity is probable at best, whatever its probability."""
    unsure = speakers.nested_role() in (NestedRole.UNSURE, NestedRole.OTHER)
    return unsure or entity.ability is Ability.DOUBTFUL or rests_on_doubt(speakers)


def _unclear(confidence: float, reason: Reason) -> Speaker:
    return Speaker(None, None, None, round(confidence, 4), Certainty.UNCLEAR, reason)


def _named(entity: Entity, confidence: float, certainty: Certainty, reason: Reason | None) -> Speaker:
    return Speaker(entity.full_name, entity.role, entity.kind, round(confidence, 4), certainty, reason)


def _is_nonfactual(speakers: SpeakerDistribution) -> bool:
    """Return whether a good part of what speaks for the likeliest speaker tells that they did not say the words."""
    supporting = speakers.supporting(speakers.likeliest[0])
    nonfactual = sum(probability for hypothesis, probability in supporting if hypothesis.evidence.is_nonfactual)
    return nonfactual > NONFACTUAL * sum(probability for _, probability in supporting)


def _reason(speakers: SpeakerDistribution, text: str) -> Reason:
    """Return why the speaker is not certain: whom else the mention could mean, where two are likely."""
    likely = [entity.full_name for entity, weight in speakers.entities[:3] if entity and weight > DOUBT]
    if len(likely) < 2:
        return UNTOLD
    name, other = likely[:2]
    mention = speakers.best.mention if speakers.best else None
    words = mention.of(text) if mention and mention.end - mention.start <= LONGEST_MENTION else None
    if words and words not in likely:
        return Reason.of(ReasonCode.MENTION_AMBIGUOUS, words=words, name=name, other=other)
    return Reason.of(ReasonCode.SPEAKER_AMBIGUOUS, name=name, other=other)
