"""Features of what a name or a description means: bearers, role holders, issuers, groups, or itself."""

from retrieval.domain import SpeakerKind
from retrieval.quotes.attribution.features.values import FORMS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.coreference import (
    DescriptionFacts,
    EpithetFacts,
    GroupLastSpeakerFacts,
    IssuerFacts,
    NameFacts,
    RoleHolderFacts,
    TheyGroupFacts,
    TheyOrganisationFacts,
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


class RoleHolderFeatures(FeatureGroup[RoleHolderFacts]):
    """A person whose role has the noun of a description: "the mayor"."""

    name = "role_holder"
    facts = RoleHolderFacts
    families = (
        family("role_holder:{definiteness}:{rank}", definiteness=("definite", "bare"), rank=range(MOST_RANK + 1)),
        family("role_holder:fits", 1, sign="+"),
        family("role_holder:otherwise", -1, sign="-"),
        family("role_holder:last:{definiteness}", definiteness=("definite", "bare")),
    )
    examples = (
        FeatureExample(
            'Mayor Maria Keller came to the port. "The bridge will open in May," the mayor said.',
            "bridge",
            "Maria Keller",
            {"role_holder:definite:0": 1.0, "role_holder:fits": 1.0, "role_holder:otherwise": 0.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: RoleHolderFacts) -> Features:
        """Return the holder's place among all holders and how well the description fits the role."""
        definiteness = "definite" if facts.definite else "bare"
        return {
            f"role_holder:{definiteness}:{min(facts.rank, MOST_RANK)}": 1.0,
            "role_holder:fits": float(facts.fits),
            "role_holder:otherwise": float(facts.otherwise),
            f"role_holder:last:{definiteness}": float(facts.last_speaker),
        }


class IssuerFeatures(FeatureGroup[IssuerFacts]):
    """Who issued the statement, letter or post that a mention names."""

    name = "issuer"
    facts = IssuerFacts
    families = (family("issuer:{rank}", rank=range(2)), family("issuer:{form}", form=FORMS))
    examples = (
        FeatureExample(
            'Hamburg Port Authority issued a statement. The statement said: "The bridge will open in May."',
            "bridge",
            "Hamburg Port Authority",
            {"issuer:0": 1.0, "issuer:organisation_name": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: IssuerFacts) -> Features:
        """Return how near the issuer is, and the form of its mention."""
        return {f"issuer:{facts.rank}": 1.0, f"issuer:{facts.form}": 1.0}


class TheyOrganisationFeatures(FeatureGroup[TheyOrganisationFacts]):
    """An organisation that "they" may mean."""

    name = "they_organisation"
    facts = TheyOrganisationFacts
    families = (family("they:rank:{rank}", rank=range(2)),)
    examples = (
        FeatureExample(
            'Hamburg Port Authority met on Monday. "The bridge will open in May," they said.',
            "bridge",
            "Hamburg Port Authority",
            {"they:rank:0": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: TheyOrganisationFacts) -> Features:
        """Return the organisation's place in the order of namings."""
        return {f"they:rank:{facts.rank}": 1.0}


class TheyGroupFeatures(FeatureGroup[TheyGroupFacts]):
    """A described group that "they" may mean."""

    name = "they_group"
    facts = TheyGroupFacts
    families = (family("they:described_near", 1, sign="+"), family("they:described_subject", 1, sign="+"))
    examples = (
        FeatureExample(
            'The fishermen met at the port. "Nobody told us about the flood," they said.',
            "flood",
            "fishermen",
            {"they:described_near": 1.0, "they:described_subject": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: TheyGroupFacts) -> Features:
        """Return that a group is described, and whether as a subject."""
        return {"they:described_near": 1.0, "they:described_subject": float(facts.subject)}


class GroupLastSpeakerFeatures(FeatureGroup[GroupLastSpeakerFacts]):
    """The speaker of the quotation before, as what "they" or "officials" may mean."""

    name = "group_last_speaker"
    facts = GroupLastSpeakerFacts
    families = (
        family(
            "{form}:last:{kind}",
            {"group_noun:last:person": -2.0},
            form=(MentionForm.THEY, MentionForm.GROUP_NOUN),
            kind=SpeakerKind,
        ),
    )
    examples = (
        FeatureExample(
            '"The bridge is closed," Hamburg Port Authority said on Monday. "It will open in May," they said.',
            "open in May",
            "Hamburg Port Authority",
            {"they:last:organisation": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: GroupLastSpeakerFacts) -> Features:
        """Return the form of the mention and the kind of the speaker before."""
        return {f"{facts.form}:last:{facts.kind}": 1.0}
