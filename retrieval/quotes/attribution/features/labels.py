"""Features of names that stand beside or inside quoted words without a clause."""

from retrieval.quotes.attribution.features.values import FORMS
from retrieval.quotes.attribution.labels import LabelFacts, TranscriptLabelFacts
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

POSITIONS = ("before", "after:comma", "after:mark")


class LabelFeatures(FeatureGroup[LabelFacts]):
    """A name beside the quotation with a colon, a dash or a comma between."""

    name = "label"
    facts = LabelFacts
    families = (
        family(
            "label:{position}",
            {"label:before": 2.5, "label:after:comma": -1.0, "label:after:mark": 5.0},
            position=POSITIONS,
        ),
        family("label:{position}:form:{form}", position=POSITIONS, form=FORMS),
        family(
            "label:{position}:verbs",
            {"label:before:verbs": -3.0, "label:after:comma:verbs": -2.0, "label:after:mark:verbs": -2.0},
            sign="-",
            position=POSITIONS,
        ),
    )
    examples = (
        FeatureExample(
            "“The sea does not forgive those who forget it.” — Maria Keller",
            "sea",
            "Maria Keller",
            {"label:after:mark": 1.0, "label:after:mark:form:person_name": 1.0, "label:after:mark:verbs": 0.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: LabelFacts) -> Features:
        """Return position and form of the label, and whether it holds a verb."""
        where = f"label:{facts.position}"
        return {where: 1.0, f"{where}:form:{facts.form}": 1.0, f"{where}:verbs": float(facts.verbs)}


class TranscriptLabelFeatures(FeatureGroup[TranscriptLabelFacts]):
    """A name and a colon at the head of the quoted words, as in a transcript."""

    name = "transcript_label"
    facts = TranscriptLabelFacts
    families = (
        family("transcript_label", 7, sign="+"),
        family("transcript_label:capitals", 6, sign="+"),
    )
    examples = (
        FeatureExample(
            "The radio played it on Monday. “KELLER: The bridge will open in May, and nobody will have to wait.”",
            "bridge",
            "Keller",
            {"transcript_label": 1.0, "transcript_label:capitals": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: TranscriptLabelFacts) -> Features:
        """Return that there is a label, and whether it is in capitals."""
        return {"transcript_label": 1.0, "transcript_label:capitals": float(facts.capitals)}
