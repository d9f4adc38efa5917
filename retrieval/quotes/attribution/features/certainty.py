"""Features of a choice of speaker that is made, by which the probability that it is right is computed."""

import math

from retrieval.domain import Kind, SpeakerKind
from retrieval.quotes.attribution.certainty import CertaintyFacts
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

KINDS = (Kind.DIRECT, Kind.MIXED, Kind.NESTED)
SOURCES = ("reported", "beside", "governed", "carried", "neighbouring")
LEAST = 1e-4
SCALE = 5.0
"""Log-odds are divided by this, so that all values are near 1."""
FEW_WORDS = 3


class ChoiceFeatures(FeatureGroup[CertaintyFacts]):
    """How far ahead the speaker is, where the evidence comes from, and what is quoted of whom."""

    name = "choice"
    facts = CertaintyFacts
    families = (
        family("choice", 0.2),
        family(
            "choice:{odds}",
            {"choice:probability": 2.0, "choice:runner_up": 2.0},
            odds=("probability", "runner_up", "nobody"),
        ),
        family("choice:{source}", source=SOURCES),
        family("choice:{kind}", kind=KINDS),
        family("choice:{kind}:{source}", kind=KINDS, source=SOURCES),
        family("choice:few_words"),
        family("choice:speaker:{sort}", sort=tuple(SpeakerKind)),
        family("choice:place"),
        family("choice:role"),
        family("choice:once"),
    )
    examples = (
        FeatureExample(
            '"The bridge will open in May," said Maria Keller.',
            "bridge",
            "Maria Keller",
            {
                "choice": 1.0,
                "choice:direct": 1.0,
                "choice:speaker:person": 1.0,
                "choice:place": 0.0,
                "choice:once": 1.0,
            },
        ),
    )

    @staticmethod
    def compute(facts: CertaintyFacts) -> Features:
        """Return log-odds, shares of evidence, alone and by kind of quotation, and the sort of speaker."""
        found: Features = {
            "choice": 1.0,
            "choice:probability": _log_odds(facts.probability),
            "choice:runner_up": -_log_odds(facts.runner_up),
            "choice:nobody": -_log_odds(facts.nobody),
            f"choice:{facts.kind}": 1.0,
            "choice:few_words": float(facts.words <= FEW_WORDS),
            f"choice:speaker:{facts.speaker_kind}": 1.0,
            "choice:place": float(facts.place),
            "choice:role": float(facts.role),
            "choice:once": float(facts.once),
        }
        for source in SOURCES:
            share: float = getattr(facts, source)
            found |= {f"choice:{source}": share, f"choice:{facts.kind}:{source}": share}
        return found


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded)) / SCALE
