"""Features of the organisations, places and titled writings that "it", "the company" or "the report" may mean."""

from retrieval.domain import SpeakerKind
from retrieval.quotes.attribution.features.values import PROMINENCES
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.entities.mentions import MentionForm
from retrieval.quotes.entities.name_runs import NAMED
from retrieval.quotes.entities.organisation_coreference import (
    Definiteness,
    DescribedOrganisationFacts,
    OrganisationFacts,
)

FORMS = (MentionForm.IT, MentionForm.ORGANISATION_NOUN, MentionForm.DOCUMENT_NOUN)
KINDS = tuple(kind for kind in SpeakerKind if kind is not SpeakerKind.PERSON)
MOST_RANK = MOST_BACK = 3


class OrganisationNearnessFeatures(FeatureGroup[OrganisationFacts]):
    """How near an organisation was last named before the mention, and how that sentence puts it forward."""

    name = "organisation_nearness"
    facts = OrganisationFacts
    families = (
        family("organisation:{definiteness}:rank:{rank}", definiteness=Definiteness, rank=range(MOST_RANK + 1)),
        family("organisation:{definiteness}:far", definiteness=Definiteness),
        family("organisation:{definiteness}:subject", definiteness=Definiteness),
        family("organisation:{definiteness}:{prominence}", definiteness=Definiteness, prominence=PROMINENCES),
        family("organisation:back:{back}:{prominence}", back=range(MOST_BACK + 1), prominence=PROMINENCES),
        family(
            "organisation:{definiteness}:described_since",
            {"organisation:definite:described_since": -1.0},
            definiteness=Definiteness,
        ),
        family("organisation:{definiteness}:last", definiteness=Definiteness),
        family("organisation:{definiteness}:share", {"organisation:definite:share": 2.0}, definiteness=Definiteness),
    )
    examples = (
        FeatureExample(
            'Lumo opened a shop on Monday. "The lamps will be cheap," it said.',
            "lamps",
            "Lumo",
            {
                "organisation:definite:rank:0": 1.0,
                "organisation:definite:far": 0.0,
                "organisation:definite:subject": 1.0,
                "organisation:definite:TOPIC": 1.0,
                "organisation:back:1:TOPIC": 1.0,
                "organisation:definite:share": 1.0,
                "organisation:definite:last": 0.0,
                "organisation:definite:described_since": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OrganisationFacts) -> Features:
        """Return distance, prominence and share of the organisation, by how the mention points at it."""
        here, prominence = f"organisation:{facts.definiteness}", facts.prominence.name
        return {
            f"{here}:rank:{min(facts.rank, MOST_RANK)}": 1.0,
            f"{here}:far": float(facts.far),
            f"{here}:subject": float(facts.subject),
            f"{here}:{prominence}": 1.0,
            f"organisation:back:{min(facts.back, MOST_BACK)}:{prominence}": 1.0,
            f"{here}:described_since": float(facts.described_since),
            f"{here}:last": float(facts.last_speaker),
            f"{here}:share": facts.share,
        }


class OrganisationKindFeatures(FeatureGroup[OrganisationFacts]):
    """What sort of organisation it is, and whether noun and modifiers of the mention fit its name."""

    name = "organisation_kind"
    facts = OrganisationFacts
    families = (
        family(
            "organisation:label:{label}",
            {
                "organisation:label:EVENT": -3.0,
                "organisation:label:FAC": -1.0,
                "organisation:label:LAW": -1.0,
                "organisation:label:LOC": -2.0,
                "organisation:label:PRODUCT": -1.0,
            },
            label=("none", *sorted(NAMED)),
        ),
        family("organisation:{definiteness}:place", definiteness=Definiteness),
        family(
            "organisation:{form}:place",
            {"organisation:organisation_noun:place": -1.0, "organisation:document_noun:place": -1.5},
            form=(*FORMS, "state"),
        ),
        family(
            "organisation:{form}:{kind}",
            {
                "organisation:organisation_noun:document": -2.0,
                "organisation:organisation_noun:group": -1.0,
                "organisation:document_noun:document": 1.0,
                "organisation:document_noun:group": -1.0,
                "organisation:document_noun:organisation": -1.5,
            },
            form=FORMS,
            kind=KINDS,
        ),
        family("organisation:{definiteness}:{kind}", definiteness=Definiteness, kind=KINDS),
        family(
            "organisation:{definiteness}:noun_in_name",
            {"organisation:definite:noun_in_name": 2.0, "organisation:bare:noun_in_name": 1.0},
            definiteness=Definiteness,
        ),
        family("organisation:{definiteness}:called", {"organisation:definite:called": 1.5}, definiteness=Definiteness),
        family("organisation:{definiteness}:unlike", {"organisation:modified:unlike": -1.0}, definiteness=Definiteness),
        family(
            "organisation:{definiteness}:modifier_in_name",
            {"organisation:modified:modifier_in_name": 1.5},
            definiteness=Definiteness,
        ),
    )
    examples = (
        FeatureExample(
            'Hamburg Port Authority met on Monday. "The bridge will open in May," the authority said.',
            "bridge",
            "Hamburg Port Authority",
            {
                "organisation:label:ORG": 1.0,
                "organisation:definite:place": 0.0,
                "organisation:organisation_noun:organisation": 1.0,
                "organisation:definite:organisation": 1.0,
                "organisation:definite:noun_in_name": 1.0,
                "organisation:definite:unlike": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OrganisationFacts) -> Features:
        """Return label and kind of the organisation, and what its name shares with the mention."""
        here = f"organisation:{facts.definiteness}"
        return {
            f"organisation:label:{facts.label or 'none'}": 1.0,
            f"{here}:place": float(facts.is_place),
            f"organisation:{'state' if facts.state_noun else facts.form}:place": float(facts.is_place),
            f"organisation:{facts.form}:{facts.kind}": 1.0,
            f"{here}:{facts.kind}": 1.0,
            f"{here}:noun_in_name": float(facts.noun_in_name),
            f"{here}:called": float(facts.called),
            f"{here}:unlike": float(facts.unlike),
            f"{here}:modifier_in_name": float(facts.modifier_in_name),
        }


class DescribedOrganisationFeatures(FeatureGroup[DescribedOrganisationFacts]):
    """The speaker of the quotation before that is no person and not named near."""

    name = "described_organisation"
    facts = DescribedOrganisationFacts
    families = (
        family("organisation:{definiteness}:described_last", definiteness=Definiteness),
        family(
            "organisation:{definiteness}:last:{noun}",
            {"organisation:modified:last:same": 0.5, "organisation:modified:last:unlike": -2.0},
            definiteness=Definiteness,
            noun=("same", "unlike"),
        ),
    )
    examples = (
        FeatureExample(
            '"The bridge is closed," a harbour company said. "It will open in May," the company said.',
            "open in May",
            "harbour company",
            {"organisation:definite:described_last": 1.0, "organisation:definite:last:same": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: DescribedOrganisationFacts) -> Features:
        """Return that the organisation spoke last, and whether the mention's noun is in its words."""
        here = f"organisation:{facts.definiteness}"
        return {f"{here}:described_last": 1.0, f"{here}:last:{'same' if facts.same_noun else 'unlike'}": 1.0}
