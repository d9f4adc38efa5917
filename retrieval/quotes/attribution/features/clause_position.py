"""Features of where a clause stands to the quotation, and how the quotation is part of it."""

from retrieval.quotes.attribution.facts.clause_facts import NeighbourClauseFacts, OwnClauseFacts
from retrieval.quotes.attribution.features.clause_shape import POSITIONS
from retrieval.quotes.attribution.features.values import SIDES, SORTS, SURROUNDINGS, VERBS, bucket
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

MOST_RIVALS = 5
MOST_HEIGHT = 2


class OwnClausePositionFeatures(FeatureGroup[OwnClauseFacts]):
    """Distance and height of a clause of the quotation's own sentence, beside the other clauses there."""

    name = "own_clause_position"
    facts = OwnClauseFacts
    families = (
        family("clause:{side}:gap:{gap}", side=SIDES, gap=("0", "1", "2-3", "4-7", "8+")),
        family("clause:{side}:nearest", side=SIDES),
        family("clause:after_colon", 1.5, sign="+"),
        family("clause:rivals:{rivals}", rivals=range(1, MOST_RIVALS + 1)),
        family("clause:height:{height}:{verb}", {"clause:height:0:say": 1}, height=range(MOST_HEIGHT + 1), verb=VERBS),
        family("clause:hangs_on_quotation:{verb}", verb=VERBS),
    )
    examples = (
        FeatureExample(
            'Maria Keller said: "The bridge will open in May."',
            "bridge",
            "Maria Keller",
            {
                "clause:before:gap:0": 1.0,
                "clause:before:nearest": 1.0,
                "clause:after_colon": 1.0,
                "clause:rivals:1": 1.0,
            },
        ),
        FeatureExample(
            'Thomas Brandt, who said the tunnel was "a danger to every driver", resigned.',
            "danger",
            "Thomas Brandt",
            {"clause:height:1:say": 1.0, "clause:before:nearest": 0.0},
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return side and gap, the number of clauses, and the height above the quotation."""
        verb = facts.clause.verb
        gap = bucket(facts.gap, (1, "0"), (2, "1"), (4, "2-3"), (8, "4-7"), rest="8+")
        found = {
            f"clause:{facts.side}:gap:{gap}": 1.0,
            f"clause:{facts.side}:nearest": float(facts.nearest),
            "clause:after_colon": float(facts.after_colon),
            f"clause:rivals:{min(facts.rivals, MOST_RIVALS)}": 1.0,
        }
        if facts.height is None:
            return found | {f"clause:hangs_on_quotation:{verb}": float(facts.hangs_on_quotation)}
        return found | {f"clause:height:{min(facts.height, MOST_HEIGHT)}:{verb}": 1.0}


class FragmentFeatures(FeatureGroup[OwnClauseFacts]):
    """A clause that the quoted words are a fragment of: they stand inside its sentence without comma or colon."""

    name = "fragment"
    facts = OwnClauseFacts
    families = (
        family("fragment:{side}:{verb}", side=SIDES, verb=VERBS),
        family("fragment:{side}:{sort}", side=SIDES, sort=SORTS),
        family("fragment:governed"),
        family("fragment:reporting", 1.5, sign="+"),
    )
    examples = (
        FeatureExample(
            'Maria Keller called the tunnel "a danger to every driver" on Monday.',
            "danger",
            "Maria Keller",
            {
                "fragment:before:say": 1.0,
                "fragment:before:human": 1.0,
                "fragment:governed": 1.0,
                "fragment:reporting": 1.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return verb and actor of the clause where the quotation is a fragment, nothing where it is none."""
        if not facts.fragment:
            return {}
        return {
            f"fragment:{facts.side}:{facts.clause.verb}": 1.0,
            f"fragment:{facts.side}:{facts.clause.sort}": 1.0,
            "fragment:governed": float(facts.height is not None),
            "fragment:reporting": float(facts.reporting is not None),
        }


class NeighbourClausePositionFeatures(FeatureGroup[NeighbourClauseFacts]):
    """Where a clause stands among those of a neighbouring sentence, and how that sentence ends."""

    name = "neighbour_clause_position"
    facts = NeighbourClauseFacts
    families = (
        family(
            "{position}:{surroundings}:{paragraph}",
            position=POSITIONS,
            surroundings=SURROUNDINGS,
            paragraph=("same_paragraph", "other_paragraph"),
        ),
        family("{position}:{surroundings}:first_actor", position=POSITIONS, surroundings=SURROUNDINGS),
        family("{position}:{surroundings}:last_actor", position=POSITIONS, surroundings=SURROUNDINGS),
        family(
            "{position}:{surroundings}:colon",
            {"previous1:accompanied:colon": 1.0, "previous1:alone:colon": 2.0},
            position=POSITIONS,
            surroundings=SURROUNDINGS,
        ),
        family("{position}:{surroundings}:quoted", position=POSITIONS, surroundings=SURROUNDINGS),
        family(
            "{position}:{surroundings}:question",
            {"previous1:alone:question": -1.5},
            position=POSITIONS,
            surroundings=SURROUNDINGS,
        ),
        family("{room}:heading", {"previous:heading": -1.5}, room=("previous", "following")),
    )
    examples = (
        FeatureExample(
            'Maria Keller told the workers on Monday:\n\n"The bridge will open in May. Nobody will have to wait."',
            "bridge",
            "Maria Keller",
            {
                "previous1:alone:other_paragraph": 1.0,
                "previous1:alone:first_actor": 1.0,
                "previous1:alone:last_actor": 1.0,
                "previous1:alone:colon": 1.0,
                "previous1:alone:quoted": 0.0,
                "previous:heading": 0.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: NeighbourClauseFacts) -> Features:
        """Return the clause's place in its sentence and the sentence's ending."""
        where = f"{facts.position}:{facts.surroundings}"
        return {
            f"{where}:{'other' if facts.other_paragraph else 'same'}_paragraph": 1.0,
            f"{where}:first_actor": float(facts.first_actor),
            f"{where}:last_actor": float(facts.last_actor),
            f"{where}:colon": float(facts.colon),
            f"{where}:quoted": float(facts.quoted),
            f"{where}:question": float(facts.question),
            f"{facts.position.rstrip('123')}:heading": float(facts.heading),
        }
