"""From probabilities to what people are shown: certain, probable, or unclear and why."""

from retrieval.articles import Certainty, Span, Speaker
from retrieval.quotes.readings import Reading
from retrieval.quotes.roster import Entity

CERTAIN, PROBABLE = 0.9, 0.25


def speaker_of(reading: Reading) -> tuple[Speaker, Span | None]:
    """The speaker as shown, and the stretch that names it."""
    best = reading.best
    entity, confidence = reading.entities[0] if reading.entities else (None, 0.0)
    if best is None or entity is None or confidence < PROBABLE:
        reason = _reason(reading)
        return Speaker(None, None, None, round(confidence, 4), Certainty.UNCLEAR, reason), None
    certainty = Certainty.CERTAIN if confidence >= CERTAIN else Certainty.PROBABLE
    reason = None if certainty is Certainty.CERTAIN else _reason(reading)
    return Speaker(entity.full_name, entity.role, entity.kind, round(confidence, 4), certainty, reason), best.mention


def _reason(reading: Reading) -> str:
    likely: list[Entity] = [entity for entity, weight in reading.entities[:3] if entity and weight > 0.05]
    if len(likely) > 1:
        return "could be " + " or ".join(entity.name for entity in likely[:2])
    return "the article does not tell clearly who speaks"
