"""Features of the people whom "he", "she" or an epithet such as "the goalkeeper" may mean."""

from retrieval.quotes.attribution.features.values import PROMINENCES, bucket
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.antecedents import (
    Anaphor,
    AntecedentFacts,
    SinceQuotation,
)

BACK = ("0", "1", "2-3", "4+")
MOST_RANK = 2
RECENT = 2
"""Sentences within which a person was mentioned near the anaphor."""
IN_MIND = 3
"""Sentences within which speaking, being asked about and being introduced count."""


class AntecedentNearnessFeatures(FeatureGroup[AntecedentFacts]):
    """How near a person was last mentioned before the anaphor, and how that sentence puts them forward."""

    name = "antecedent_nearness"
    facts = AntecedentFacts
    families = (
        family(
            "{anaphor}:rank:{rank}",
            {
                "pronoun:rank:0": 1.0,
                "pronoun:rank:2": -1.0,
                "epithet:rank:0": -0.5,
                "epithet:rank:1": -1.5,
                "epithet:rank:2": -2.0,
            },
            anaphor=Anaphor,
            rank=range(MOST_RANK + 1),
        ),
        family("{anaphor}:back:{back}", anaphor=Anaphor, back=BACK),
        family(
            "{anaphor}:back:{back}:{prominence}:{speech}",
            anaphor=Anaphor,
            back=BACK,
            prominence=PROMINENCES,
            speech=("speaks", "silent"),
        ),
        family("{anaphor}:paragraphs:{paragraphs}", anaphor=Anaphor, paragraphs=("0", "1", "2", "many")),
        family("{anaphor}:outside", {"pronoun:outside": -1.5}, anaphor=Anaphor),
        family(
            "{anaphor}:{prominence}",
            {"pronoun:SUBJECT": 0.4, "pronoun:TOPIC": 1.2, "epithet:TOPIC": 0.7},
            anaphor=Anaphor,
            prominence=PROMINENCES,
        ),
        family(
            "{anaphor}:{distance}:{prominence}",
            {"pronoun:near:TOPIC": 0.5},
            anaphor=Anaphor,
            distance=("near", "far"),
            prominence=PROMINENCES,
        ),
        family("{anaphor}:{distance}:speaks", {"pronoun:near:speaks": 1.0}, anaphor=Anaphor, distance=("near", "far")),
        family("{anaphor}:listed", {"pronoun:listed": -1.0}, anaphor=Anaphor),
        family("{anaphor}:asked_about", {"pronoun:asked_about": -1.0}, anaphor=Anaphor),
        family("pronoun:introduced"),
        family("{anaphor}:introduced:{prominence}", anaphor=Anaphor, prominence=PROMINENCES),
    )
    examples = (
        FeatureExample(
            'Maria Keller met Thomas Brandt on Monday. "He was very kind to all of us," she said.',
            "kind",
            "Maria Keller",
            {
                "pronoun:rank:0": 1.0,
                "pronoun:back:1": 1.0,
                "pronoun:back:1:TOPIC:silent": 1.0,
                "pronoun:paragraphs:0": 1.0,
                "pronoun:near:TOPIC": 1.0,
                "pronoun:introduced": 1.0,
                "pronoun:listed": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: AntecedentFacts) -> Features:
        """Return distance and prominence of the last mention, by the sort of anaphor."""
        way, back = facts.anaphor.value, bucket(facts.back, (1, "0"), (2, "1"), (4, "2-3"), rest="4+")
        prominence = facts.prominence.name
        introduced = float(facts.introduced and facts.back < IN_MIND)
        found = {
            f"{way}:rank:{min(facts.rank, MOST_RANK)}": 1.0,
            f"{way}:back:{back}": 1.0,
            f"{way}:back:{back}:{prominence}:{'speaks' if facts.speaks else 'silent'}": 1.0,
            f"{way}:paragraphs:{facts.paragraphs if 0 <= facts.paragraphs < 3 else 'many'}": 1.0,
            f"{way}:outside": float(facts.outside),
            f"{way}:{prominence}": 1.0,
            f"{way}:{'near' if facts.back < RECENT else 'far'}:{prominence}": 1.0,
            f"{way}:{'near' if facts.back < IN_MIND else 'far'}:speaks": float(facts.speaks),
            f"{way}:listed": float(facts.listed),
            f"{way}:asked_about": float(facts.asked_about and facts.back < IN_MIND),
            f"{way}:introduced:{prominence}": introduced,
        }
        return found | {"pronoun:introduced": introduced} if facts.anaphor is Anaphor.PRONOUN else found


class AntecedentStandingFeatures(FeatureGroup[AntecedentFacts]):
    """What is known of the person: the article's share, the gender, whether they spoke last."""

    name = "antecedent_standing"
    facts = AntecedentFacts
    families = (
        family("{anaphor}:last", {"pronoun:last": 0.5}, anaphor=Anaphor),
        family("{anaphor}:share", {"pronoun:share": 2.0}, anaphor=Anaphor),
        family("{anaphor}:surely_person", {"pronoun:surely_person": 1.5}, anaphor=Anaphor),
        family("{anaphor}:gender_unknown", {"pronoun:gender_unknown": -1.0}, anaphor=Anaphor),
        family("{anaphor}:gender_guessed", {"pronoun:gender_guessed": -2.0}, anaphor=Anaphor),
        family("{anaphor}:alone", anaphor=Anaphor),
    )
    examples = (
        FeatureExample(
            'Maria Keller came to the port. "The bridge will open in May," she said.',
            "bridge",
            "Maria Keller",
            {
                "pronoun:last": 0.0,
                "pronoun:surely_person": 1.0,
                "pronoun:gender_unknown": 0.0,
                "pronoun:gender_guessed": 0.0,
                "pronoun:alone": 1.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: AntecedentFacts) -> Features:
        """Return the person's standing in the article, by the sort of anaphor."""
        way = facts.anaphor.value
        return {
            f"{way}:last": float(facts.last_speaker),
            f"{way}:share": facts.share,
            f"{way}:surely_person": float(facts.surely_person),
            f"{way}:gender_unknown": float(facts.gender_unknown),
            f"{way}:gender_guessed": float(facts.gender_guessed),
            f"{way}:alone": float(facts.alone),
        }


class AntecedentRivalsFeatures(FeatureGroup[AntecedentFacts]):
    """What can be told of a person only beside the others: whom the pronoun resolver means, who spoke last."""

    name = "antecedent_rivals"
    facts = AntecedentFacts
    families = (
        family("{anaphor}:resolved", {"pronoun:resolved": 2.0, "epithet:resolved": 1.0}, anaphor=Anaphor),
        family("{anaphor}:spoke_last", anaphor=Anaphor),
        family("{anaphor}:only_topic", anaphor=Anaphor),
        family("{anaphor}:resolved_and_last", anaphor=Anaphor),
        family("{anaphor}:resolved_and_topic", anaphor=Anaphor),
        family("{anaphor}:since:only", {"pronoun:since:only": 0.7}, anaphor=Anaphor),
        family("{anaphor}:since:only:new", anaphor=Anaphor),
        family("{anaphor}:since:among", anaphor=Anaphor),
        family("{anaphor}:since:others", anaphor=Anaphor),
    )
    examples = (
        FeatureExample(
            'Maria Keller came to the port. "The bridge will open in May," she said.',
            "bridge",
            "Maria Keller",
            {
                "pronoun:resolved": 1.0,
                "pronoun:only_topic": 1.0,
                "pronoun:resolved_and_topic": 1.0,
                "pronoun:resolved_and_last": 0.0,
                "pronoun:spoke_last": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: AntecedentFacts) -> Features:
        """Return how the person stands to the other antecedents, by the sort of anaphor."""
        way, only = facts.anaphor.value, facts.since is SinceQuotation.ONLY
        return {
            f"{way}:resolved": float(facts.resolved),
            f"{way}:spoke_last": float(facts.spoke_last),
            f"{way}:only_topic": float(facts.only_topic),
            f"{way}:resolved_and_last": float(facts.resolved and facts.last_speaker),
            f"{way}:resolved_and_topic": float(facts.resolved and facts.only_topic),
            f"{way}:since:only": float(only),
            f"{way}:since:only:new": float(only and facts.introduced),
            f"{way}:since:among": float(facts.since is SinceQuotation.AMONG),
            f"{way}:since:others": float(facts.since is SinceQuotation.OTHERS),
        }
