"""Mentions around a quotation that may name its speaker, each with the features that speak for it or against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.quotes.clauses import Actor, actors
from retrieval.quotes.labels import labels
from retrieval.quotes.lexicon import PLAIN_SAYING, SAYING
from retrieval.quotes.mentions import Form, Mention, mention_of
from retrieval.quotes.places import Place, Stand, verb_class
from retrieval.quotes.roster import Roster
from retrieval.quotes.standing import BEFORE_COLON, Standing
from retrieval.quotes.syntax import Parse, Token

Features = dict[str, float]
SORTS = dict.fromkeys((Form.PERSON, Form.HE, Form.SHE, Form.SOMEBODY, Form.THEY, Form.GROUP), "human")
SORTS |= dict.fromkeys((Form.BODY, Form.PLACE, Form.IT, Form.COMPANY), "body")
SORTS |= {Form.DOCUMENT: "document", Form.WE: "self"}


@dataclass(frozen=True, slots=True)
class Candidate:
    mention: Mention
    features: Features
    why: str


class CandidateFinder:
    """One article's."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self._parse = parse
        self._roster = roster
        self._standing = Standing(parse)
        self._tokens: dict[int, list[Token]] = {}
        for token in parse.tokens:
            if token.quotation is not None:
                self._tokens.setdefault(token.quotation, []).append(token)
        self._actors: dict[int, list[Actor]] = {}

    def place(self, quotation: int) -> Place | None:
        """None where the parse has no such quotation."""
        tokens = self._tokens.get(quotation)
        if not tokens:
            return None
        first, last = tokens[0].sentence, tokens[-1].sentence
        while self._runs_on(last):
            last += 1
        while self._runs_on(first - 1):
            first -= 1
        region = [t for number in range(first, last + 1) for t in self._parse.sentence(number)]
        place = Place(tokens[0], tokens[-1], tuple(region))
        above = self._standing.above(place)
        return replace(place, said=any(self._standing.of(place, above, a).gives for a in self._actors_in(region)))

    def _runs_on(self, number: int) -> bool:
        """Whether the parser broke a sentence in two here: no stop at its end, or a small letter behind it."""
        sentence, following = self._parse.sentence(number), self._parse.sentence(number + 1)
        if not sentence or not following or sentence[0].block != following[0].block:
            return False
        if len(sentence) + len(following) > 120:
            return False
        words = [t for t in sentence if t.pos != "SPACE"]
        if not words:
            return True
        starts_small = following[0].quotation is None and following[0].text[:1].islower()
        return words[-1].text in (",", ":", ";") or starts_small or words[-1].text[-1:].isalnum()

    def around(self, quotation: int) -> Iterator[Candidate]:
        """Candidates in the quotation's own sentence, then those of the sentences beside it."""
        place = self.place(quotation)
        if place is None:
            return
        yield from self._own(place)
        for mention, features in labels(self._parse, self._roster, place):
            yield Candidate(mention, features, "named beside the words")
        yield from self._beside(place)

    def _actors_in(self, tokens: Sequence[Token]) -> list[Actor]:
        found: list[Actor] = []
        for number in dict.fromkeys(t.sentence for t in tokens):
            if number not in self._actors:
                self._actors[number] = list(actors(self._parse, self._parse.sentence(number)))
            found.extend(self._actors[number])
        return found

    def _own(self, place: Place) -> Iterator[Candidate]:
        inside = self._actors_in(place.region)
        above = self._standing.above(place)
        stands = [self._standing.of(place, above, actor) for actor in inside]
        ranks = sorted({stand.rank for stand in stands if stand.rank is not None})
        framed = any(self._frames(place, a, s) for a, s in zip(inside, stands, strict=True))
        givers = sorted(stand.order for stand in stands if stand.gives)
        for actor, stand in zip(inside, stands, strict=True):
            mention = mention_of(self._parse, self._roster, actor.noun)
            where = f"own:{stand.side}"
            same_side = [other.gap for other in stands if other.side == stand.side]
            features = self._shared(actor, mention, where)
            features[f"{where}:gap:{_bucket(stand.gap)}"] = 1.0
            features[f"{where}:nearest"] = float(stand.gap == min(same_side))
            features["own:colon"] = float(stand.side == "before" and self._standing.colon_before(place))
            features[f"own:rivals:{min(len(inside), 5)}"] = 1.0
            if self._frames(place, actor, stand):
                features["frames"] = features[f"frames:{verb_class(actor)}:{stand.side}"] = 1.0
            elif framed:
                features[f"framed:{verb_class(actor)}"] = 1.0
            if stand.rank is not None and any(s.gives and (s.rank or 0) > stand.rank for s in stands):
                features[f"under_giver:{verb_class(actor)}"] = features[f"under_giver:{stand.side}"] = 1.0
            if self._leads_on(actor, stand):
                features["leads_on"] = 1.0
            features |= self._giving(actor, stand)
            introduced = any(other.gives and other.side == "before" for other in stands)
            features["gives:interrupts"] = float(stand.gives and stand.side == "after" and introduced)
            if place.fragment:
                features |= self._inside(actor, mention, stand)
            if stand.rank is not None:
                features[f"own:above:{min(ranks.index(stand.rank), 2)}:{verb_class(actor)}"] = 1.0
            elif self._parse.head(actor.verb).quotation is not None:
                features[f"own:hangs_on_quotation:{verb_class(actor)}"] = 1.0
            if stand.gives:
                features["gives"] = features[f"gives:{stand.side}"] = features[f"gives:{sort_of(mention)}"] = 1.0
                features["gives:first"] = float(stand.order == givers[0])
                features["gives:only"] = float(len(givers) == 1)
            yield Candidate(mention, features, f"{actor.way} of “{actor.verb.text}” {stand.side} the words")

    def _giving(self, actor: Actor, stand: Stand) -> Features:
        features: Features = {"gives:plain": float(stand.gives and actor.verb.lemma in PLAIN_SAYING)}
        if actor.way == "shared" and actor.verb.tag == "VBG":
            reporter = self._parse.head(actor.noun).lemma in SAYING and actor.noun.dep == "nsubj"
            features["shared:reporter" if reporter else "shared:other"] = 1.0
            features["shared:reported"] = float(not reporter and self._is_reported(actor))
        return features

    def _is_reported(self, actor: Actor) -> bool:
        """Of "Lee said the club had failed, calling it …": whether the actor is the club."""
        verb = self._parse.head(actor.noun)
        return verb.dep == "ccomp" and self._parse.head(verb).lemma in SAYING

    def _frames(self, place: Place, actor: Actor, stand: Stand) -> bool:
        """Whether the clause gives its whole sentence: "According to X, …" and "…, says X", or "X said" at its head."""
        if verb_class(actor) not in ("say", "according") or actor.verb.sentence != place.first.sentence:
            return False
        sentence = [t for t in self._parse.sentence(actor.verb.sentence) if t.pos not in ("PUNCT", "SPACE")]
        if actor.way == "according":
            return actor.verb.index == sentence[0].index or stand.side == "after"
        return actor.way == "inverted" and stand.side == "after"

    def _leads_on(self, actor: Actor, stand: Stand) -> bool:
        """Whether a clause behind the words has a colon and gives the next ones: "…?" Lee replied: "…"."""
        if stand.side != "after":
            return False
        rest = self._parse.tokens[actor.verb.index + 1 :][:BEFORE_COLON]
        colon = next((t for t in rest if t.text == ":" and t.sentence == actor.verb.sentence), None)
        following = self._parse.tokens[colon.index + 1] if colon and colon.index + 1 < len(self._parse) else None
        return following is not None and following.quotation is not None

    def _inside(self, actor: Actor, mention: Mention, stand: Stand) -> Features:
        """Features of a clause that the words are a fragment of."""
        return {
            f"fragment:{stand.side}:{verb_class(actor)}": 1.0,
            f"fragment:{stand.side}:{sort_of(mention)}": 1.0,
            "fragment:above": float(stand.rank is not None),
            "fragment:gives": float(stand.gives),
        }

    def _shared(self, actor: Actor, mention: Mention, where: str) -> Features:
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

    def _beside(self, place: Place) -> Iterator[Candidate]:
        """The sentences before and behind, the paragraphs beside included."""
        lone = place.company
        for way, first, step in (
            ("back", place.region[0].sentence - 1, -1),
            ("ahead", place.region[-1].sentence + 1, 1),
        ):
            for distance in range(2 if step < 0 else 1):
                sentence = self._parse.sentence(first + step * distance)
                if not sentence:
                    break
                crossing = "across" if sentence[0].block != place.first.block else "within"
                yield from self._sentence(sentence, f"{way}{distance}:{lone}", crossing)

    def _sentence(self, sentence: Sequence[Token], where: str, crossing: str) -> Iterator[Candidate]:
        found = [actor for actor in self._actors_in(sentence) if actor.way != "shared"]
        words = [t for t in sentence if t.pos != "SPACE"]
        quoted = any(t.quotation is not None for t in sentence)
        for position, actor in enumerate(found):
            mention = mention_of(self._parse, self._roster, actor.noun)
            features = self._shared(actor, mention, where)
            features[f"{where}:{crossing}"] = 1.0
            features[f"{where}:first_actor"] = float(position == 0)
            features[f"{where}:last_actor"] = float(position == len(found) - 1)
            features[f"{where}:colon"] = float(bool(words) and words[-1].text == ":")
            features[f"{where}:quoted"] = float(quoted)
            yield Candidate(
                mention,
                features,
                f"{actor.way} of “{actor.verb.text}” in the sentence {where.split(':', maxsplit=1)[0]}",
            )


def sort_of(mention: Mention) -> str:
    """Forms in five sorts: human, body, document, self, thing."""
    return SORTS.get(mention.form, "thing")


def _bucket(gap: int) -> str:
    return str(gap) if gap < 2 else "2-3" if gap < 4 else "4-7" if gap < 8 else "8+"
