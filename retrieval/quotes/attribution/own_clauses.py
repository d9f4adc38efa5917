"""What speaks for each clause of a quotation's own sentence: where it stands, and how it stands to the others."""

from collections.abc import Iterator, Sequence

from retrieval.quotes.attribution.factuality import is_unsaid
from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.syntax.clause_position import BEFORE_COLON, Standing
from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.parse import Parse
from retrieval.quotes.syntax.quote_position import Place, Stand, verb_class
from retrieval.text.lexicon import tagged

SORTS = dict.fromkeys((Form.PERSON, Form.HE, Form.SHE, Form.SOMEBODY, Form.THEY, Form.GROUP), "human")
SORTS |= dict.fromkeys((Form.BODY, Form.PLACE, Form.IT, Form.COMPANY), "body")
SORTS |= {Form.DOCUMENT: "document", Form.WE: "self"}


class OwnClauses:
    """One quotation's; `actors` are those of its sentence."""

    def __init__(self, parse: Parse, standing: Standing, place: Place, actors: Sequence[Actor]) -> None:
        above = standing.above(place)
        self._parse = parse
        self._place = place
        self._actors = actors
        self._stands = [standing.of(place, above, actor) for actor in actors]
        self._colon = standing.colon_before(place)
        self._ranks = sorted({stand.rank for stand in self._stands if stand.rank is not None})
        self._framed = any(self._frames(actor, stand) for actor, stand in self.each())
        self._givers = sorted((stand for stand in self._stands if stand.gives), key=lambda stand: stand.order)

    def each(self) -> Iterator[tuple[Actor, Stand]]:
        return zip(self._actors, self._stands, strict=True)

    def features(self, actor: Actor, stand: Stand, mention: Mention) -> Features:
        features = shared(actor, mention, f"own:{stand.side}")
        features |= self._distance(stand) | self._framing(actor, stand) | self._height(actor, stand)
        features |= self._giving(actor, stand, mention)
        return features | (self._inside(actor, mention, stand) if self._place.fragment else {})

    def _distance(self, stand: Stand) -> Features:
        where = f"own:{stand.side}"
        return {
            f"{where}:gap:{_bucket(stand.gap)}": 1.0,
            f"{where}:nearest": float(all(stand.gap <= s.gap for s in self._stands if s.side == stand.side)),
            "own:colon": float(stand.side == "before" and self._colon),
            f"own:rivals:{min(len(self._actors), 5)}": 1.0,
            "gives:interrupts": float(stand.gives and stand.side == "after" and self._is_introduced()),
        }

    def _is_introduced(self) -> bool:
        return any(giver.side == "before" for giver in self._givers)

    def _framing(self, actor: Actor, stand: Stand) -> Features:
        if self._frames(actor, stand):
            return {"frames": 1.0, f"frames:{verb_class(actor)}:{stand.side}": 1.0}
        return {f"framed:{verb_class(actor)}": float(self._framed)}

    def _height(self, actor: Actor, stand: Stand) -> Features:
        """How far above the words in the tree the clause stands, beside the others."""
        verb = verb_class(actor)
        if stand.rank is None:
            hangs = self._parse.head(actor.verb).quotation is not None
            return {f"own:hangs_on_quotation:{verb}": float(hangs)}
        features = {f"own:above:{min(self._ranks.index(stand.rank), 2)}:{verb}": 1.0}
        if any((giver.rank or 0) > stand.rank for giver in self._givers):
            features |= {f"under_giver:{verb}": 1.0, f"under_giver:{stand.side}": 1.0}
        return features

    def _giving(self, actor: Actor, stand: Stand, mention: Mention) -> Features:
        features = {"leads_on": float(self._leads_on(actor, stand))}
        features["negated"] = float(bool(self._parse.below(actor.verb, "neg")))
        features["gives_other"] = float(self._gives_other(actor, stand))
        features["unsaid"] = float(is_unsaid(self._parse, actor))
        if stand.gives:
            features |= {"gives": 1.0, f"gives:{stand.side}": 1.0, f"gives:{sort_of(mention)}": 1.0}
            features["gives:plain"] = float(actor.verb.lemma in tagged("plain_reporting_verb"))
            features["gives:first"] = float(stand.order == self._givers[0].order)
            features["gives:only"] = float(len(self._givers) == 1)
            features["gives:inner"] = float(self._is_inner(actor, stand))
            features["gives:asked"] = float(stand.side == "after" and self._place.asked)
        if actor.way == "shared" and actor.verb.tag == "VBG":
            above = self._parse.head(actor.noun).lemma
            reporter = (
                above in tagged("reporting_verb") and above not in ("continue", "add") and actor.noun.dep == "nsubj"
            )
            features["shared:reporter" if reporter else "shared:other"] = 1.0
            features["shared:reported"] = float(not reporter and self._is_reported(actor))
        return features

    def _is_inner(self, actor: Actor, stand: Stand) -> bool:
        """Of "Lee said that Park had called it …": Park, whose clause is the nearer one."""
        if stand.side != "before" or stand.rank is None or actor.way == "shared":
            return False
        ranks = [giver.rank for giver in self._givers if giver.side == "before" and giver.rank is not None]
        return len(ranks) > 1 and stand.rank == min(ranks)

    def _is_reported(self, actor: Actor) -> bool:
        """Of "Lee said the club had failed, calling it …": whether the actor is the club."""
        verb = self._parse.head(actor.noun)
        return verb.dep == "ccomp" and self._parse.head(verb).lemma in tagged("reporting_verb")

    def _frames(self, actor: Actor, stand: Stand) -> bool:
        """Whether the clause gives its whole sentence: "According to X, …" and "…, says X", or "X said" at its head."""
        if verb_class(actor) not in ("say", "according") or actor.verb.sentence != self._place.first.sentence:
            return False
        sentence = [t for t in self._parse.sentence(actor.verb.sentence) if t.pos not in ("PUNCT", "SPACE")]
        if actor.way == "according":
            return actor.verb.index == sentence[0].index or stand.side == "after"
        return actor.way == "inverted" and stand.side == "after"

    def _leads_on(self, actor: Actor, stand: Stand) -> bool:
        """Whether a clause behind the words gives the next ones: "…?" Lee replied: "…", or, of words that are already
        introduced, Lee replied, "…"."""
        if stand.side != "after":
            return False
        rest = self._parse.tokens[actor.verb.index + 1 :][:BEFORE_COLON]
        marks = ":," if self._is_introduced() else ":"
        colon = next((t for t in rest if t.text in marks and t.sentence == actor.verb.sentence), None)
        following = self._parse.tokens[colon.index + 1] if colon and colon.index + 1 < len(self._parse) else None
        return following is not None and following.quotation is not None

    def _gives_other(self, actor: Actor, stand: Stand) -> bool:
        """Whether a clause has another clause to give: "…", while Lee says the club failed; he told her to go: "…"."""
        given = self._parse.below(actor.verb, "ccomp", "xcomp")
        return stand.rank is None and any(
            clause.index > actor.verb.index and clause.quotation is None for clause in given
        )

    def _inside(self, actor: Actor, mention: Mention, stand: Stand) -> Features:
        """Features of a clause that the words are a fragment of."""
        return {
            f"fragment:{stand.side}:{verb_class(actor)}": 1.0,
            f"fragment:{stand.side}:{sort_of(mention)}": 1.0,
            "fragment:above": float(stand.rank is not None),
            "fragment:gives": float(stand.gives),
        }


def shared(actor: Actor, mention: Mention, where: str) -> Features:
    verb, sort = verb_class(actor), sort_of(mention)
    return {
        f"{where}:verb:{verb}": 1.0,
        f"{where}:sort:{sort}": 1.0,
        f"verb:{verb}:sort:{sort}": 1.0,
        f"{where[:4]}:form:{mention.form}": 1.0,
        f"{where[:4]}:way:{actor.way}": 1.0,
        f"passive:{verb}": float(actor.passive),
        f"{where}:main": float(actor.verb.dep == "ROOT"),
    }


def sort_of(mention: Mention) -> str:
    """Forms in five sorts: human, body, document, self, thing."""
    return SORTS.get(mention.form, "thing")


def _bucket(gap: int) -> str:
    return str(gap) if gap < 2 else "2-3" if gap < 4 else "4-7" if gap < 8 else "8+"
