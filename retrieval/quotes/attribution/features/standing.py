"""Features of names that stand beside a quotation where an attribution stands, whatever their verb."""

from retrieval.quotes.attribution.features.values import SORTS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family
from retrieval.quotes.attribution.standing import StandingNameFacts
from retrieval.quotes.spans.standing_clauses import StandingWay

WAYS = tuple(way.value for way in StandingWay)
PRIORS = {
    StandingWay.INVERTED: 6.0,
    StandingWay.BEHIND: 5.0,
    StandingWay.BEFORE: 5.0,
    StandingWay.SENTENCE: 2.0,
    StandingWay.FRAME: 6.0,
    StandingWay.LABEL: 8.0,
    StandingWay.DASH: 9.0,
    StandingWay.BRACKETS: 9.0,
    StandingWay.LINE_BELOW: 9.0,
    StandingWay.LINE_ABOVE: 6.0,
    StandingWay.CLAUSE_BELOW: 10.0,
    StandingWay.FROM_ABOVE: 9.0,
}


class StandingNameFeatures(FeatureGroup[StandingNameFacts]):
    """A name where an attribution stands: beside any verb, as a signature, in the line above or below."""

    name = "standing_name"
    facts = StandingNameFacts
    families = (
        family("standing:parsed", 1.0),
        family("standing:{way}", {f"standing:{way}": prior for way, prior in PRIORS.items()}, way=WAYS),
        family(
            "standing:{way}:{sort}",
            {
                f"standing:{way}:{sort}": -4.0
                for way in (StandingWay.BRACKETS, StandingWay.LINE_BELOW, StandingWay.LINE_ABOVE)
                for sort in ("organisation", "thing", "document")
            },
            way=WAYS,
            sort=SORTS,
        ),
        family(
            "standing:{way}:unlikely",
            {"standing:line_below:unlikely": -2.0, "standing:line_above:unlikely": -1.0},
            way=WAYS,
        ),
        family("standing:{way}:known_verb", way=WAYS),
        family("standing:{way}:accompanied", way=WAYS),
        family("standing:{way}:opens", {"standing:sentence:opens": 3.0}, way=WAYS),
        family(
            "standing:{way}:labelled",
            {"standing:line_below:labelled": 3.0, "standing:line_above:labelled": 3.0},
            way=WAYS,
        ),
        family("standing:{way}:described", {"standing:sentence:described": -1.0}, way=WAYS),
    )
    examples = (
        FeatureExample(
            '"The tunnel is closed," said Thomas Brandt.\n\n"Nobody knows when it will open," huffed Maria Keller.',
            "Nobody knows",
            "Maria Keller",
            {"standing:inverted": 1.0, "standing:inverted:known_verb": 0.0, "standing:inverted:human": 1.0},
            chosen=True,
        ),
        FeatureExample(
            'The port is "a danger to every driver" in the dark, said the council’s Maria Keller. It opened in May.',
            "danger",
            "Maria Keller",
            {"standing:frame": 1.0, "standing:frame:known_verb": 1.0},
            chosen=True,
        ),
        FeatureExample(
            '"The tunnel is closed," said Thomas Brandt.\n\n"I waited for an hour in the rain."\n— Maria Keller, baker',
            "an hour",
            "Maria Keller",
            {"standing:dash": 1.0, "standing:dash:human": 1.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: StandingNameFacts) -> Features:
        """Return the way in which the name stands, with what it names and whether it is likely a name."""
        where = f"standing:{facts.way}"
        if facts.parsed and facts.way != StandingWay.FRAME:
            return {"standing:parsed": 1.0}
        return {
            where: 1.0,
            f"{where}:{facts.sort}": 1.0,
            f"{where}:unlikely": float(facts.named and not facts.likely),
            f"{where}:known_verb": float(facts.known_verb),
            f"{where}:accompanied": float(not facts.alone),
            f"{where}:opens": float(facts.opens),
            f"{where}:labelled": float(facts.labelled),
            f"{where}:described": float(not facts.named),
        }
