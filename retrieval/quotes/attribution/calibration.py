"""Calibration: from probabilities to a speaker that is certain, probable, or unclear with the reason."""

from retrieval.domain import Certainty, Span, Speaker
from retrieval.quotes.attribution.doubts import competing_evidence, rests_on_doubt
from retrieval.quotes.attribution.hypotheses import SpeakerDistribution
from retrieval.reasons import Reason, ReasonCode

CERTAIN = 0.92
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
SPOKEN = 0.5
"""Least probability of the likeliest speaker for so few words to be that speaker's."""
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
        return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, UNTOLD), mention
    if entity is None or confidence < PROBABLE:
        return Speaker(None, None, None, round(confidence, 4), Certainty.UNCLEAR, _reason(speakers, text)), mention
    confidence = confidence if right is None else right
    rival = competing_evidence(speakers)
    if rival and rival.probability >= COMPETING:
        two = Reason.of(ReasonCode.SPEAKER_AMBIGUOUS, name=entity.full_name, other=rival.rival.full_name)
        return Speaker(None, None, None, round(confidence, 4), Certainty.UNCLEAR, two), mention
    doubtful = rival is not None or rests_on_doubt(speakers)
    certainty = Certainty.CERTAIN if confidence >= certain and not doubtful else Certainty.PROBABLE
    reason = None if certainty is Certainty.CERTAIN else _reason(speakers, text)
    return Speaker(entity.full_name, entity.role, entity.kind, round(confidence, 4), certainty, reason), mention


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
