"""Features of the bearers of a name, and of descriptions that stand for themselves or for a name."""

from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.coreference import (
    DescriptionFacts,
    EpithetFacts,
    NameFacts,
)
from retrieval.quotes.entities.mentions import MentionForm

DESCRIBED = (
    *(MentionForm.PERSON_NOUN, MentionForm.GROUP_NOUN, MentionForm.ORGANISATION_NOUN, MentionForm.DOCUMENT_NOUN),
    *(MentionForm.OTHER, MentionForm.THEY),
)
MOST_RANK = 2
MOST_WORDS = 4


class NameBearerFeatures(FeatureGroup[NameFacts]):
    """A bearer of the name that a mention is."""

    name = "name_bearer"
    facts = NameFacts
    families = (
        family("name:alone", 1.5, sign="+"),
        family("name:shared:{rank}", {"name:shared:0": 1.5, "name:shared:2": -1.0}, rank=range(MOST_RANK + 1)),
    )
    examples = (
        FeatureExample(
            'Maria Keller runs the port. "We are ready for it," Keller said.',
            "ready",
            "Maria Keller",
            {"name:alone": 1.0},
            chosen=True,
        ),
        FeatureExample(
            'Maria Keller met Thomas Keller at the port in May. "We are ready for the dredging," Keller said.',
            "ready",
            "Maria Keller",
            {"name:shared:0": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: NameFacts) -> Features:
        """Return whether the name is this person's alone, else the person's place among its bearers."""
        return {"name:alone" if facts.rank is None else f"name:shared:{min(facts.rank, MOST_RANK)}": 1.0}


class DescriptionFeatures(FeatureGroup[DescriptionFacts]):
    """A description that stands for itself: "a Home Office spokesman"."""

    name = "description"
    facts = DescriptionFacts
    families = (
        family(
            "description:{form}:{definiteness}",
            {"description:group_noun:indefinite": 1.0, "description:person_noun:indefinite": 1.0},
            form=DESCRIBED,
            definiteness=("definite", "indefinite"),
        ),
        family("description:{form}:known", {"description:person_noun:known": 1.5}, form=DESCRIBED),
        family("description:{form}:introduced", {"description:person_noun:introduced": 1.0}, form=DESCRIBED),
        family(
            "description:{form}:near",
            {"description:organisation_noun:near": 1.0, "description:document_noun:near": 1.0},
            form=DESCRIBED,
        ),
        family("description:age", -3, sign="-"),
        family("description:{form}:modified", {"description:organisation_noun:modified": 1.0}, form=DESCRIBED),
    )
    examples = (
        FeatureExample(
            'A port official came late. The official said it was "a very busy morning for us".',
            "busy morning",
            "port official",
            {
                "description:person_noun:definite": 1.0,
                "description:person_noun:known": 1.0,
                "description:person_noun:introduced": 1.0,
                "description:person_noun:near": 1.0,
                "description:person_noun:modified": 0.0,
                "description:age": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: DescriptionFacts) -> Features:
        """Return how full the description is and how it is introduced, by the form of the mention."""
        here = f"description:{facts.form}"
        return {
            f"{here}:{'definite' if facts.definite else 'indefinite'}": 1.0,
            f"{here}:known": float(facts.known),
            f"{here}:introduced": float(facts.introduced),
            f"{here}:near": float(facts.near),
            "description:age": float(facts.age),
            f"{here}:modified": float(facts.modified),
        }


class EpithetDescriptionFeatures(FeatureGroup[EpithetFacts]):
    """How much a definite description says that may mean a person named before."""

    name = "epithet_description"
    facts = EpithetFacts
    families = (
        family(
            "epithet_description:words:{words}",
            {"epithet_description:words:3": -0.5, "epithet_description:words:4": -1.0},
            words=range(1, MOST_WORDS + 1),
        ),
        family("epithet_description:relative", -1, sign="-"),
        family("epithet_description:introduced", -1, sign="-"),
    )
    examples = (
        FeatureExample(
            'Thomas Brandt left the pitch early. "Nobody told me about the flood," the goalkeeper said.',
            "flood",
            "Thomas Brandt",
            {
                "epithet_description:words:1": 1.0,
                "epithet_description:relative": 0.0,
                "epithet_description:introduced": 0.0,
            },
        ),
    )

    @staticmethod
    def compute(facts: EpithetFacts) -> Features:
        """Return the length of the description and what hangs on it."""
        return {
            f"epithet_description:words:{min(facts.words, MOST_WORDS)}": 1.0,
            "epithet_description:relative": float(facts.relative),
            "epithet_description:introduced": float(facts.introduced),
        }
