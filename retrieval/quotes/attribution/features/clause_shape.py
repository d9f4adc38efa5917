"""Features of a clause by itself: its verb, the phrase that names its actor, and how the two hang together."""

from retrieval.quotes.attribution.facts.clause_facts import ClauseFacts, NeighbourClauseFacts, OwnClauseFacts
from retrieval.quotes.attribution.features.values import FORMS, RELATIONS, SIDES, SORTS, SURROUNDINGS, VERBS
from retrieval.quotes.attribution.registry import FeatureExample, FeatureGroup, Features, family

POSITIONS = ("previous1", "previous2", "following1")


def _shape(clause: ClauseFacts, where: str, room: str) -> Features:
    """Return what is told of any clause; `where` is its exact place, `room` the coarse one."""
    return {
        f"{where}:verb:{clause.verb}": 1.0,
        f"{where}:sort:{clause.sort}": 1.0,
        f"{room}:form:{clause.form}": 1.0,
        f"{room}:relation:{clause.relation}": 1.0,
        f"{where}:main": float(clause.main),
    }


class OwnClauseShapeFeatures(FeatureGroup[OwnClauseFacts]):
    """Verb, actor and their relation in a clause of the quotation's own sentence."""

    name = "own_clause_shape"
    facts = OwnClauseFacts
    families = (
        family(
            "clause:{side}:verb:{verb}",
            {f"clause:{side}:verb:according": 1.5 for side in SIDES},
            side=SIDES,
            verb=VERBS,
        ),
        family(
            "clause:{side}:sort:{sort}", {f"clause:{side}:sort:thing": -2 for side in SIDES}, side=SIDES, sort=SORTS
        ),
        family("clause:form:{form}", form=FORMS),
        family("clause:relation:{relation}", {"clause:relation:maker": 0.5}, relation=RELATIONS),
        family("clause:{side}:main", side=SIDES),
    )
    examples = (
        FeatureExample(
            'Maria Keller said: "The bridge will open in May."',
            "bridge",
            "Maria Keller",
            {
                "clause:before:verb:say": 1.0,
                "clause:before:sort:human": 1.0,
                "clause:form:person_name": 1.0,
                "clause:relation:subject": 1.0,
                "clause:before:main": 1.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: OwnClauseFacts) -> Features:
        """Return the shape of the clause by the side on which it stands."""
        return _shape(facts.clause, f"clause:{facts.side}", "clause")


class NeighbourClauseShapeFeatures(FeatureGroup[NeighbourClauseFacts]):
    """Verb, actor and their relation in a clause of a sentence beside the quotation's own."""

    name = "neighbour_clause_shape"
    facts = NeighbourClauseFacts
    families = (
        family(
            "{position}:{surroundings}:verb:{verb}",
            {
                "previous1:alone:verb:say": 1.0,
                "previous2:alone:verb:say": -0.5,
                "previous2:reported:verb:say": -1.5,
                "previous2:accompanied:verb:say": -1.5,
                "following1:alone:verb:say": -0.5,
                "following1:reported:verb:say": -1.5,
                "following1:accompanied:verb:say": -1.5,
            },
            position=POSITIONS,
            surroundings=SURROUNDINGS,
            verb=VERBS,
        ),
        family(
            "{position}:{surroundings}:sort:{sort}",
            {
                f"{position}:{surroundings}:sort:{sort}": base + nearness + thing
                for position, nearness in (("previous1", 0.0), ("previous2", -1.5), ("following1", -1.5))
                for surroundings, base in (("reported", -3.0), ("alone", 0.0), ("accompanied", 0.0))
                for sort, thing in (("human", 0.0), ("organisation", 0.0), ("document", 0.0), ("thing", -2.0))
            },
            position=POSITIONS,
            surroundings=SURROUNDINGS,
            sort=SORTS,
        ),
        family("{room}:form:{form}", room=("previous", "following"), form=FORMS),
        family("{room}:relation:{relation}", room=("previous", "following"), relation=RELATIONS),
        family("{position}:{surroundings}:main", position=POSITIONS, surroundings=SURROUNDINGS),
    )
    examples = (
        FeatureExample(
            'Maria Keller spoke to the workers at the port. "The bridge will open in May."',
            "bridge",
            "Maria Keller",
            {
                "previous1:alone:verb:show": 1.0,
                "previous1:alone:sort:human": 1.0,
                "previous:form:person_name": 1.0,
                "previous:relation:subject": 1.0,
                "previous1:alone:main": 1.0,
            },
            chosen=True,
        ),
    )

    @staticmethod
    def compute(facts: NeighbourClauseFacts) -> Features:
        """Return the shape of the clause by its sentence and by what the quotation's own sentence holds."""
        return _shape(facts.clause, f"{facts.position}:{facts.surroundings}", facts.position.rstrip("123"))


class VerbAndActorFeatures(FeatureGroup[ClauseFacts]):
    """Which sorts of actor the verb of a clause goes with, wherever the clause stands."""

    name = "verb_and_actor"
    facts = ClauseFacts
    families = (
        family("verb:{verb}:sort:{sort}", {"verb:hear:sort:human": -2}, verb=VERBS, sort=SORTS),
        family("passive:{verb}", {"passive:hear": -2}, verb=VERBS),
    )
    examples = (
        FeatureExample(
            'When Thomas Brandt was asked, "Will you stay in office?" he answered: "Nobody has told me to go."',
            "stay in office",
            "Thomas Brandt",
            {"verb:hear:sort:human": 1.0, "passive:hear": 1.0},
        ),
    )

    @staticmethod
    def compute(facts: ClauseFacts) -> Features:
        """Return verb class with sort of actor, and the verb class of a passive."""
        return {f"verb:{facts.verb}:sort:{facts.sort}": 1.0, f"passive:{facts.verb}": float(facts.passive)}
