"""Features of role holders, issuers and groups, as what a noun or "they" may mean."""

from retrieval.domain import SpeakerKind
from retrieval.quotes.attribution.features.values import FORMS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.coreference import (
    GroupLastSpeakerFacts,
    IssuerFacts,
    RoleHolderFacts,
    TheyGroupFacts,
    TheyOrganisationFacts,
)
from retrieval.quotes.entities.mentions import MentionForm

MOST_RANK = 2


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
