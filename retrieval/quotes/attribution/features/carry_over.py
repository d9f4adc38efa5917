"""Features of speakers who are carried over from other quotations."""

from retrieval.quotes.attribution.facts.carry_over import CarryOverFacts, NamedBetweenFacts
from retrieval.quotes.attribution.features.values import SURROUNDINGS, bucket
from retrieval.quotes.attribution.hypotheses import NestedRole
from retrieval.quotes.attribution.nested_sources import ContextSpeakerFacts, NestedSpeakerFacts
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

WAYS = ("carry", "carry_other", "next")
ROLES = tuple(role for role in NestedRole if role is not NestedRole.OUTER)
CONTEXTS = ("outer", "repeated", "echoed", "cited", "named_before_verb", "named_first")


class CarriedOverFeatures(FeatureGroup[CarryOverFacts]):
    """How the quotation before ("carry"), one of another speaker before it, or the next one stands to this one."""

    name = "carried_over"
    facts = CarryOverFacts
    families = (
        family("{way}", {"carry_other": -1.5, "next": -1.0}, way=WAYS),
        family(
            "{way}:{surroundings}",
            {"carry:alone": 1.5, "carry:reported": -3.0, "carry_other:reported": -3.0, "next:reported": -3.0},
            way=WAYS,
            surroundings=SURROUNDINGS,
        ),
        family(
            "{way}:{surroundings}:{paragraph}", way=WAYS, surroundings=SURROUNDINGS, paragraph=("same", "next", "far")
        ),
        family("{way}:{surroundings}:adjacent", {"carry:alone:adjacent": 2.0}, way=WAYS, surroundings=SURROUNDINGS),
        family("{way}:{surroundings}:said_between", way=WAYS, surroundings=SURROUNDINGS),
        family("{way}:{surroundings}:starts_paragraph", way=WAYS, surroundings=SURROUNDINGS),
        family(
            "{way}:{surroundings}:heading",
            {"carry:alone:heading": -2.0, "next:alone:heading": 2.0},
            way=WAYS,
            surroundings=SURROUNDINGS,
        ),
        family("{way}:same_utterance", {"carry:same_utterance": 3.0, "next:same_utterance": 2.0}, way=WAYS),
        family(
            "{way}:{surroundings}:same_sentence",
            {"carry:accompanied:same_sentence": 2.0},
            way=WAYS,
            surroundings=SURROUNDINGS,
        ),
        family(
            "{way}:{surroundings}:words:{words}",
            way=WAYS,
            surroundings=SURROUNDINGS,
            words=("0", "short", "some", "many"),
        ),
        family("{way}:fragment", way=WAYS),
        family("{way}:person", way=WAYS),
    )
    examples = (
        FeatureExample(
            '"The tunnel is closed," said Thomas Brandt. "Nobody knows when it will open again."',
            "Nobody knows",
            "Thomas Brandt",
            {
                "carry": 1.0,
                "carry:alone": 1.0,
                "carry:alone:same": 1.0,
                "carry:alone:words:short": 1.0,
                "carry:person": 1.0,
                "carry:fragment": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: CarryOverFacts) -> Features:
        """Return how near the other quotation is, and what stands between."""
        way, here = facts.way, f"{facts.way}:{facts.surroundings}"
        paragraph = bucket(facts.paragraphs, (1, "same"), (2, "next"), rest="far")
        words = bucket(facts.words, (2, "0"), (12, "short"), (40, "some"), rest="many")
        return {
            way: 1.0,
            here: 1.0,
            f"{here}:{paragraph}": 1.0,
            f"{here}:adjacent": float(facts.adjacent),
            f"{here}:said_between": float(facts.said_between),
            f"{here}:starts_paragraph": float(facts.starts_paragraph),
            f"{here}:heading": float(facts.heading),
            f"{way}:same_utterance": float(facts.same_utterance),
            f"{here}:same_sentence": float(facts.same_sentence),
            f"{here}:words:{words}": 1.0,
            f"{way}:fragment": float(facts.fragment),
            f"{way}:person": float(facts.person),
        }


class NamedBetweenFeatures(FeatureGroup[NamedBetweenFacts]):
    """Whom the article names between the quotation and the one before."""

    name = "named_between"
    facts = NamedBetweenFacts
    families = (
        family("between:{surroundings}:speaker", surroundings=SURROUNDINGS),
        family("between:{surroundings}:other", surroundings=SURROUNDINGS),
        family("between:{surroundings}:both", surroundings=SURROUNDINGS),
        family("between:{surroundings}:last_other", surroundings=SURROUNDINGS),
        family("between:{surroundings}:last_speaker", surroundings=SURROUNDINGS),
    )
    examples = (
        FeatureExample(
            '"The tunnel is closed," said Thomas Brandt. Maria Keller agreed. "Nobody knows when it will open again."',
            "Nobody knows",
            "Thomas Brandt",
            {
                "between:alone:speaker": 1.0,
                "between:alone:other": 1.0,
                "between:alone:both": 1.0,
                "between:alone:last_other": 1.0,
                "between:alone:last_speaker": 0.0,
            },
        ),
    )

    @staticmethod
    def compute(facts: NamedBetweenFacts) -> Features:
        """Return whether the speaker before, others, or both are named, and who is last."""
        here = f"between:{facts.surroundings}"
        return {
            f"{here}:speaker": float(facts.speaker),
            f"{here}:other": float(facts.other),
            f"{here}:both": float(facts.speaker and facts.other),
            f"{here}:last_other": float(facts.last_is_speaker is False),
            f"{here}:last_speaker": float(facts.last_is_speaker is True),
        }


class ContextSpeakerFeatures(FeatureGroup[ContextSpeakerFacts]):
    """The speaker of the quotation around, of the same words elsewhere, or a source that the outer speaker quotes."""

    name = "context_speaker"
    facts = ContextSpeakerFacts
    families = (
        family(
            "{way}",
            {"outer": -1.0, "repeated": 3.0, "echoed": 2.5, "cited": 3.0, "named_before_verb": 3.0},
            way=CONTEXTS,
        ),
        family(
            "{way}:{surroundings}",
            {"cited:reported": -3.0, "named_first:reported": -3.0, "named_first:alone": 1.0},
            way=CONTEXTS,
            surroundings=SURROUNDINGS,
        ),
    )
    examples = (
        FeatureExample(
            "\"They promised 'a house for every family' and built none,\" Thomas Brandt wrote, citing a port report.",
            "a house for every family",
            "port report",
            {"cited": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: ContextSpeakerFacts) -> Features:
        """Return the way in which the speaker was found, by what the quotation's sentence holds."""
        return {facts.way: 1.0, f"{facts.way}:{facts.surroundings}": 1.0}


class NestedSpeakerFeatures(FeatureGroup[NestedSpeakerFacts]):
    """Whether a speaker of words inside a quotation is the outer speaker, or whom the outer speaker quotes."""

    name = "nested_speaker"
    facts = NestedSpeakerFacts
    families = (
        family("nested:{role}", {"nested:self": 2.0, "nested:source": 2.0, "nested:unsure": 2.0}, role=ROLES),
        family("nested:outer", -3, sign="-"),
    )
    examples = (
        FeatureExample(
            "\"People say, 'The tunnel is closed for good,' and go home,\" said Thomas Brandt.",
            "closed for good",
            "People",
            {"nested:source": 1.0},
            chosen=True,
        ),
        FeatureExample(
            "\"I told the driver, 'The tunnel is closed for good,' and went home,\" said Thomas Brandt.",
            "closed for good",
            "Thomas Brandt",
            {"nested:self": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: NestedSpeakerFacts) -> Features:
        """Return the role of the speaker."""
        return {f"nested:{facts.role}": 1.0}
