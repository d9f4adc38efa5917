"""Features of the quoted words themselves, of the writer's "we", and of naming nobody."""

from retrieval.quotes.attribution.facts.quoted_words import FirstPersonFacts, QuotedWordsFacts, UnattributedFacts
from retrieval.quotes.attribution.features.values import SURROUNDINGS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

SHORT = 3
"""Words that a quotation has at least that is not short."""


class QuotedWordsFeatures(FeatureGroup[QuotedWordsFacts]):
    """What the quoted words tell of a person as their speaker."""

    name = "quoted_words"
    facts = QuotedWordsFacts
    families = (
        family("words:named", -2.5, sign="-"),
        family("words:outer_speaker", -4, sign="-"),
        family("words:continues", 1, sign="+"),
        family("words:reported_beside", -1.5, sign="-"),
    )
    examples = (
        FeatureExample(
            'Maria Keller came to the port. "Keller will open the bridge in May."',
            "bridge",
            "Maria Keller",
            {"words:named": 1.0},
        ),
        FeatureExample(
            '"The tunnel," said Thomas Brandt, "will stay closed for the whole winter."',
            "whole winter",
            "Thomas Brandt",
            {"words:continues": 1.0, "words:named": 0.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: QuotedWordsFacts) -> Features:
        """Return whom the words name, what they are part of and whom they go on from."""
        return {
            "words:named": float(facts.named),
            "words:outer_speaker": float(facts.outer_speaker),
            "words:continues": float(facts.continues),
            "words:reported_beside": float(facts.reported_beside),
        }


class FirstPersonFeatures(FeatureGroup[FirstPersonFacts]):
    """A "we" or "I" beside the quotation: the outer speaker's or the writer's."""

    name = "first_person"
    facts = FirstPersonFacts
    families = (
        family("we:outer_speaker", 3, sign="+"),
        family("we:outer_speaker:beside", -2, sign="-"),
        family("we:writer"),
    )
    examples = (
        FeatureExample(
            'I told the council that the tunnel was "a danger to every driver".',
            "danger",
            None,
            {"we:writer": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: FirstPersonFacts) -> Features:
        """Return whose first person it is."""
        if not facts.quoted:
            return {"we:writer": 1.0}
        return {"we:outer_speaker": 1.0, "we:outer_speaker:beside": float(facts.beside)}


class UnattributedFeatures(FeatureGroup[UnattributedFacts]):
    """The hypothesis that the article does not name the speaker."""

    name = "unattributed"
    facts = UnattributedFacts
    families = (
        family("nobody"),
        family("nobody:{surroundings}", {"nobody:reported": -2.0}, surroundings=(*SURROUNDINGS, "lost")),
        family("nobody:short"),
        family("nobody:asked", 2, sign="+"),
        family("nobody:first"),
    )
    examples = (
        FeatureExample(
            'Thomas Brandt was asked: "Will you stay in office?"',
            "stay in office",
            None,
            {"nobody": 1.0, "nobody:asked": 1.0, "nobody:first": 1.0, "nobody:short": 0.0},
        ),
    )

    @staticmethod
    def compute(facts: UnattributedFacts) -> Features:
        """Return what speaks for nobody: short words, a question, nothing attributed before."""
        return {
            "nobody": 1.0,
            f"nobody:{facts.surroundings}": 1.0,
            "nobody:short": float(facts.words < SHORT),
            "nobody:asked": float(facts.asked),
            "nobody:first": float(facts.first),
        }
