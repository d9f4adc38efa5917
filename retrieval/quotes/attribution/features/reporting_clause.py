"""Features of clauses that introduce the quotation, or that only seem to."""

from retrieval.quotes.attribution.channels import CarrierFacts
from retrieval.quotes.attribution.facts.clause_facts import OwnClauseFacts
from retrieval.quotes.attribution.features.values import SIDES, SORTS, VERBS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family


class ReportingClauseFeatures(FeatureGroup[OwnClauseFacts]):
    """A clause that introduces the quotation: a saying verb that governs it or stands next to it."""

    name = "reporting_clause"
    facts = OwnClauseFacts
    families = (
        family("reporting", 3, sign="+"),
        family("reporting:{side}", side=SIDES),
        family("reporting:{sort}", sort=SORTS),
        family("reporting:plain"),
        family("reporting:first", 2, sign="+"),
        family("reporting:only", 0.5),
        family("reporting:inner", 2, sign="+"),
        family("reporting:asked", -2, sign="-"),
        family("reporting:interrupts"),
    )
    examples = (
        FeatureExample(
            '"The bridge will open in May," said Maria Keller.',
            "bridge",
            "Maria Keller",
            {
                "reporting": 1.0,
                "reporting:after": 1.0,
                "reporting:human": 1.0,
                "reporting:plain": 1.0,
                "reporting:first": 1.0,
                "reporting:only": 1.0,
            },
            chosen=True,
        ),
        FeatureExample(
            'Ann Keller said that Thomas Brandt told her: "Nobody will ever find the boat in this fog."',
            "boat",
            "Thomas Brandt",
            {"reporting": 1.0, "reporting:inner": 1.0},
            chosen=True,
        ),
        FeatureExample(
            'When Thomas Brandt was asked, "Will you stay in office?" he answered: "Nobody has told me to go."',
            "stay in office",
            "Thomas Brandt",
            {"reporting:asked": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return how a reporting clause stands to the others; nothing of other clauses."""
        reporting = facts.reporting
        if reporting is None:
            return {}
        return {
            "reporting": 1.0,
            f"reporting:{facts.side}": 1.0,
            f"reporting:{facts.clause.sort}": 1.0,
            "reporting:plain": float(reporting.plain),
            "reporting:first": float(reporting.first),
            "reporting:only": float(reporting.only),
            "reporting:inner": float(reporting.inner),
            "reporting:asked": float(reporting.asked),
            "reporting:interrupts": float(reporting.interrupts),
        }


class SentenceFrameFeatures(FeatureGroup[OwnClauseFacts]):
    """A clause that gives its whole sentence: "According to X, …" and "…, says X"."""

    name = "sentence_frame"
    facts = OwnClauseFacts
    families = (
        family("frames", 1.5, sign="+"),
        family("frames:{verb}:{side}", verb=("say", "according"), side=SIDES),
        family("framed:{verb}", verb=VERBS),
    )
    examples = (
        FeatureExample(
            'According to Thomas Brandt, the tunnel is "a danger to every driver".',
            "danger",
            "Thomas Brandt",
            {"frames": 1.0, "frames:according:before": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return whether the clause gives its sentence, or another one does."""
        if facts.frames:
            return {"frames": 1.0, f"frames:{facts.clause.verb}:{facts.side}": 1.0}
        return {f"framed:{facts.clause.verb}": float(facts.framed)}


class OtherReportingFeatures(FeatureGroup[OwnClauseFacts]):
    """Clauses that another one reports, or that report something else than the quotation."""

    name = "other_reporting"
    facts = OwnClauseFacts
    families = (
        family(
            "under_reporting:{verb}",
            {
                "under_reporting:be": -1.0,
                "under_reporting:other": -1.0,
                "under_reporting:say": -0.5,
                "under_reporting:show": -1.0,
            },
            verb=VERBS,
        ),
        family("under_reporting:{side}", {"under_reporting:around": -1.0}, side=SIDES),
        family("leads_on", -2, sign="-"),
        family("reports_other", -2, sign="-"),
        family("shared_subject:reporter", 1, sign="+"),
        family("shared_subject:other"),
        family("shared_subject:reported", -1.5, sign="-"),
    )
    examples = (
        FeatureExample(
            '"Where is the boat?" asked Maria Keller. Thomas Brandt replied: "Nobody will find it in this fog."',
            "Where is the boat",
            "Maria Keller",
            {"leads_on": 0.0},
            chosen=True,
        ),
        FeatureExample(
            'Maria Keller said the club had failed, calling it "a shame for the whole town".',
            "shame",
            "Maria Keller",
            {"shared_subject:reporter": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return how the clause takes part in other reports of its sentence."""
        found = {"leads_on": float(facts.leads_on), "reports_other": float(facts.reports_other)}
        if facts.under_reporting:
            found |= {f"under_reporting:{facts.clause.verb}": 1.0, f"under_reporting:{facts.side}": 1.0}
        if shared := facts.shared_subject:
            found["shared_subject:reporter" if shared.reporter else "shared_subject:other"] = 1.0
            found["shared_subject:reported"] = float(shared.reported)
        return found


class FactualityFeatures(FeatureGroup[OwnClauseFacts]):
    """Clauses that negate their verb, or tell that somebody did not say the words or only might."""

    name = "factuality"
    facts = OwnClauseFacts
    families = (
        family("negated", -1, sign="-"),
        family("nonfactual"),
    )
    examples = (
        FeatureExample(
            'Maria Keller never said the tunnel was "a danger to every driver".',
            "danger",
            "Maria Keller",
            {"negated": 1.0, "nonfactual": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return whether the clause is negated, and whether it denies the words."""
        return {"negated": float(facts.negated), "nonfactual": float(not facts.factual)}


class CarrierFeatures(FeatureGroup[CarrierFacts]):
    """A news outlet beside the clause of somebody who says the words."""

    name = "carrier"
    facts = CarrierFacts
    families = (family("carrier", -4, sign="-"),)
    examples = (
        FeatureExample(
            '"The tunnel is closed for good," a witness said, according to the Valley Post.',
            "closed for good",
            "Valley Post",
            {"carrier": 1.0},
        ),
    )

    @staticmethod
    def compute(_facts: CarrierFacts, /) -> Features:
        """Return that the outlet only carries the words."""
        return {"carrier": 1.0}
