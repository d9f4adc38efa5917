"""Features of pronouns that mean a person who is only described, or named later."""

from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.antecedents import CataphoraFacts, DescribedAntecedentFacts, DescribedWhere


class DescribedAntecedentFeatures(FeatureGroup[DescribedAntecedentFacts]):
    """A person without a name whom a pronoun may mean: "a spokeswoman"."""

    name = "described_antecedent"
    facts = DescribedAntecedentFacts
    families = (
        family("pronoun:described:near", 0.7, sign="+"),
        family("pronoun:described:speaks", 1, sign="+"),
        family("pronoun:described:inside", 1.5, sign="+"),
        family("pronoun:described:fits", 1, sign="+"),
        family("pronoun:described:rivalled", -1.5, sign="-"),
        family("pronoun:described:latest", 1, sign="+"),
        family("pronoun:described:object", 1, sign="+"),
        family("pronoun:described:object:fits", 1, sign="+"),
        family("pronoun:described:last", 0.7, sign="+"),
    )
    examples = (
        FeatureExample(
            'A spokeswoman came to the port on Monday. "The bridge will open in May," she said.',
            "bridge",
            "spokeswoman",
            {
                "pronoun:described:near": 1.0,
                "pronoun:described:fits": 1.0,
                "pronoun:described:latest": 1.0,
                "pronoun:described:speaks": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: DescribedAntecedentFacts) -> Features:
        """Return how the described person stands to the pronoun."""
        fits = float(facts.fits)
        if facts.where is DescribedWhere.OBJECT:
            return {"pronoun:described:object": 1.0, "pronoun:described:object:fits": fits}
        if facts.where is DescribedWhere.LAST_SPEAKER:
            return {"pronoun:described:last": 1.0, "pronoun:described:fits": fits}
        return {
            "pronoun:described:near": 1.0,
            "pronoun:described:speaks": float(facts.speaks),
            "pronoun:described:inside": float(facts.inside),
            "pronoun:described:fits": fits,
            "pronoun:described:rivalled": float(facts.rivalled),
            "pronoun:described:latest": float(facts.latest),
        }


class CataphoraFeatures(FeatureGroup[CataphoraFacts]):
    """A person whom the article names only behind the pronoun."""

    name = "cataphora"
    facts = CataphoraFacts
    families = (family("pronoun:named_behind", -1, sign="-"),)
    examples = (
        FeatureExample(
            '"The bridge will open in May," she said. Maria Keller runs the port.',
            "bridge",
            "Maria Keller",
            {"pronoun:named_behind": 1.0},
        ),
    )

    @staticmethod
    def compute(_facts: CataphoraFacts) -> Features:
        """Return that nothing but a later name tells who is meant."""
        return {"pronoun:named_behind": 1.0}
