"""From probabilities to what people are shown: certain, probable, or unclear and why."""

from retrieval.domain import Certainty, Span, Speaker
from retrieval.quotes.attribution.hypotheses import Reading
from retrieval.reasons import Reason, ReasonCode

CERTAIN, PROBABLE, DOUBT = 0.86, 0.25, 0.05
"""Least probabilities: to show a speaker as certain, as probable, and to be named as a doubt."""

UNTOLD = Reason.of(ReasonCode.SPEAKER_NOT_TOLD)
LONGEST_MENTION = 40  # characters
SCARCE = 2  # words
SPOKEN = 0.4
"""Least probability of the likeliest speaker for so few words in the writer's sentence to be anybody's."""


def is_nobodys(reading: Reading, quoted: str) -> bool:
    """A word or two of which nobody is likely the speaker: the writer's own marks, rather than somebody's words."""
    entity, confidence = reading.entities[0] if reading.entities else (None, 0.0)
    return len(quoted.split()) <= SCARCE and (entity is None or confidence < SPOKEN)


def speaker_of(reading: Reading, text: str, certain: float = CERTAIN) -> tuple[Speaker, Span | None]:
    """The speaker as shown, and the stretch that names it; `certain` is the least probability to be shown so."""
    best = reading.best
    entity, confidence = reading.entities[0] if reading.entities else (None, 0.0)
    mention = best.mention if best else None
    if _is_unsaid(reading):
        return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, UNTOLD), mention
    if entity is None or confidence < PROBABLE:
        return Speaker(None, None, None, round(confidence, 4), Certainty.UNCLEAR, _reason(reading, text)), mention
    certainty = Certainty.CERTAIN if confidence >= certain else Certainty.PROBABLE
    reason = None if certainty is Certainty.CERTAIN else _reason(reading, text)
    return Speaker(entity.full_name, entity.role, entity.kind, round(confidence, 4), certainty, reason), mention


def _is_unsaid(reading: Reading) -> bool:
    """Whether most of what speaks for the likeliest speaker tells that they did not say it, or only might."""
    entity = reading.entities[0][0] if reading.entities else None
    fitting = [pair for pair in reading.choices if pair[0].entity is entity]
    unsaid = sum(probability for choice, probability in fitting if choice.features.get("unsaid"))
    return unsaid > sum(probability for _, probability in fitting) / 2


def _reason(reading: Reading, text: str) -> Reason:
    """Why it is not certain: whom else the mention could mean, where two are likely."""
    likely = [entity.full_name for entity, weight in reading.entities[:3] if entity and weight > DOUBT]
    if len(likely) < 2:
        return UNTOLD
    name, other = likely[:2]
    mention = reading.best.mention if reading.best else None
    words = mention.of(text) if mention and mention.end - mention.start <= LONGEST_MENTION else None
    if words and words not in likely:
        return Reason.of(ReasonCode.MENTION_AMBIGUOUS, words=words, name=name, other=other)
    return Reason.of(ReasonCode.SPEAKER_AMBIGUOUS, name=name, other=other)
