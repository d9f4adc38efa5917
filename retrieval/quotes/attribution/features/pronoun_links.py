"""Features by which pronouns are resolved; the unit of their weights is one sentence of nearness."""

from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.prominence import Prominence
from retrieval.quotes.entities.pronouns import PronounLinkFacts


class PronounNearnessFeatures(FeatureGroup[PronounLinkFacts]):
    """How far the person's last mention stands from the pronoun, and how it puts the person forward."""

    name = "pronoun_nearness"
    facts = PronounLinkFacts
    families = (
        family("sentences_back", -1, sign="-"),
        family("subject", 0.7, sign="+"),
        family("topic", 1.8, sign="+"),
        family("outside_quotation", -1.5, sign="-"),
        family("token_millionths", 1, sign="+"),
    )
    examples = (
        FeatureExample(
            "Peter Weiss said nothing. One reply came from Thomas Brandt, a lawyer from Bergen. He laughed.",
            "He",
            "Thomas Brandt",
            {"sentences_back": 1.0, "topic": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: PronounLinkFacts) -> Features:
        """Return the distance and the prominence; of two equal mentions the later one is nearer."""
        return {
            "sentences_back": float(facts.back),
            "subject": float(facts.prominence is Prominence.SUBJECT),
            "topic": float(facts.prominence is Prominence.TOPIC),
            "outside_quotation": float(facts.outside),
            "token_millionths": facts.token / 1e6,
        }


class PronounGenderFeatures(FeatureGroup[PronounLinkFacts]):
    """Whether the person's gender is known to be the pronoun's; that of a first name's ending may be wrong."""

    name = "pronoun_gender"
    facts = PronounLinkFacts
    families = (
        family("gender_fits", 0.8, sign="+"),
        family("gender_contradicts", -2.5, sign="-"),
    )
    examples = (
        FeatureExample(
            "Talinda Brandt seemed content with the boat. Later he smiled.",
            "he",
            "Talinda Brandt",
            {"gender_contradicts": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: PronounLinkFacts) -> Features:
        """Return whether the gender fits or contradicts; neither where it is unknown."""
        return {
            "gender_fits": float(facts.gender_fits is True),
            "gender_contradicts": float(facts.gender_fits is False),
        }


class PronounRivalsFeatures(FeatureGroup[PronounLinkFacts]):
    """What makes another person likelier: a list, a question about this one, a name in the pronoun's own clause."""

    name = "pronoun_rivals"
    facts = PronounLinkFacts
    families = (
        family("listed", -1, sign="-"),
        family("asked_about", -1.5, sign="-"),
        family("fronted", -1.5, sign="-"),
        family("same_verb", -5, sign="-"),
    )
    examples = (
        FeatureExample(
            "Thomas Brandt's future is open. Races against Peter Weiss and Oliver Lang impressed the crowd. He smiled.",
            "He",
            "Peter Weiss",
            {"listed": 1.0},
        ),
        FeatureExample(
            "As I sat beside Thomas Brandt, I asked if Peter Weiss would resign. He laughed.",
            "He",
            "Peter Weiss",
            {"asked_about": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: PronounLinkFacts) -> Features:
        """Return what speaks against the person."""
        return {
            "listed": float(facts.listed),
            "asked_about": float(facts.asked_about),
            "fronted": float(facts.fronted),
            "same_verb": float(facts.same_verb),
        }
