"""Follows he and she through an article: every pronoun outside of quotations gets the person whom it likely means."""

from bisect import bisect_left
from dataclasses import dataclass

from retrieval.quotes.entities.entity import Entity, may_be
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.prominence import (
    Prominence,
    are_joined,
    is_asked_about,
    is_fronted,
    is_listed,
    prominence,
)
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import plain

REACH = 8  # sentences that a pronoun reaches back
FAR = 300  # tokens between two quotations
KNOWN_WORTH = 0.8  # in sentences of nearness
WORTH = (0.0, 0.7, 1.8)  # of each prominence, in sentences of nearness
OUTSIDE_COST = 1.5  # for a pronoun inside a quotation, of being named outside of it
LISTED_COST = 1.0  # of being one of several: "with Lee and Park"
OTHER_GENDER_COST = 2.5  # of a first name with the other gender's ending
FRONTED_COST = 1.5  # of a name that the pronoun's own verb has in front
ASKED_ABOUT_COST = 1.5  # of being what somebody else is asked about
TIE = 0.1  # a difference that tells nothing
OBJECT_DEPS = ("dobj", "pobj", "dative")


@dataclass(slots=True)
class Naming:
    """A sentence that names or means a person: the last token that does, the best place in it, whether they speak.

    `spoke` is the sentence in which the person last spoke, None before that; `first` that nothing named them earlier;
    `listed` that they are one of several; `asked_about` that a question is about them.
    """

    token: int
    sentence: int
    block: int
    prominence: Prominence
    speaks: bool
    spoke: int | None
    first: bool
    listed: bool
    asked_about: bool


class Pronouns:
    """`meant[token.index]` is the person of a pronoun; `last(entity, token)` where a person was last meant before."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self.meant: dict[int, Entity] = {}
        self._parse = parse
        self._known: list[Entity] = []
        self._history: dict[int, list[Naming]] = {}
        self._places: dict[int, list[int]] = {}
        self._entities: dict[int, Entity] = {}
        for token in parse.tokens:
            if token.quotation is None:
                entity = self._named(roster, token) or self._meant(token)
                if entity:
                    self._add(entity, token)

    def _add(self, entity: Entity, token: Token) -> None:
        self._entities[token.index] = entity
        known = self.last(entity, token)
        if known is None and id(entity) not in self._history:
            self._known.append(entity)
        speaks = _speaks(self._parse, token)
        spoke = token.sentence if speaks else known.spoke if known else None
        naming = Naming(
            token.index,
            token.sentence,
            token.block,
            prominence(self._parse, token),
            speaks,
            spoke,
            first=known is None,
            listed=is_listed(self._parse, token),
            asked_about=is_asked_about(self._parse, token),
        )
        if known and known.sentence == token.sentence:
            naming.prominence = max(naming.prominence, known.prominence)
            naming.speaks = naming.speaks or known.speaks
            naming.first = known.first
            naming.listed = naming.listed and known.listed
            naming.asked_about = naming.asked_about and known.asked_about
        self._history.setdefault(id(entity), []).append(naming)
        self._places.setdefault(id(entity), []).append(token.index)

    def last(self, entity: Entity, token: Token) -> Naming | None:
        """Before the token: in its own block where that lies inside a quotation, else in the article's own words."""
        places = self._places.get(id(entity), [])
        outside = self._parse.outside(token)
        at = bisect_left(places, token.index) - 1
        if outside is not token and (at < 0 or self._history[id(entity)][at].block != token.block):
            at = bisect_left(places, outside.index) - 1
        return self._history[id(entity)][at] if at >= 0 else None

    def back(self, token: Token, naming: Naming) -> int:
        """How many sentences lie between."""
        same = naming.block == token.block
        return (token if same else self._parse.outside(token)).sentence - naming.sentence

    def paragraphs(self, token: Token, naming: Naming) -> int:
        """How many paragraphs later the token stands."""
        return 0 if naming.block == token.block else self._parse.outside(token).block - naming.block

    def between(self, start: int, token: Token) -> list[tuple[Entity, Token]]:
        """Who is named or meant between a place in the text and a token not far behind it, in order."""
        found = []
        for earlier in reversed(self._parse.tokens[max(0, token.index - FAR) : token.index]):
            if earlier.start < start or earlier.block > token.block:
                break
            entity = self._entities.get(earlier.index)
            if entity:
                found.append((entity, earlier))
        return found[::-1]

    def told_since(self, token: Token) -> list[Entity]:
        """Who is named or meant before the token, back to the sentence of the quotation before, each once in order."""
        outside = self._parse.outside(token)
        found: dict[int, tuple[int, Entity]] = {}
        first = outside.sentence - REACH + 1
        for earlier in reversed(self._parse.tokens[max(0, outside.index - FAR) : outside.index]):
            quoted = earlier.quotation is not None and earlier.sentence < outside.sentence
            if quoted or earlier.sentence < first:
                first = max(first, earlier.sentence + 1)
                break
            entity = self._entities.get(earlier.index)
            if entity:
                found.setdefault(id(entity), (earlier.sentence, entity))
        return [entity for sentence, entity in found.values() if sentence >= first][::-1]

    def share(self, entity: Entity) -> float:
        """Which part of all that is said of people is said of this one, 0..1."""
        total = sum(map(len, self._history.values()))
        return len(self._history.get(id(entity), [])) / total if total else 0.0

    @staticmethod
    def _named(roster: Roster, token: Token) -> Entity | None:
        chunk = roster.chunk_at.get(token.index)
        if chunk is None or chunk.tokens[-1].index != token.index:
            return None
        named = roster.of_token(token)
        return named[0] if named and named[0].is_person else None

    def _meant(self, token: Token) -> Entity | None:
        word = plain(token.text)
        gender = "m" if word in tagged("he_pronoun") else "f" if word in tagged("she_pronoun") else None
        if gender is None:
            return None
        namings = [(e, self.last(e, token)) for e in self._known if may_be(e, gender)]
        fitting = [(e, n, self.back(token, n)) for e, n in namings if n]
        near = [(self._distance(token, n, e, back, gender), e) for e, n, back in fitting if back <= REACH]
        if not near:
            return None
        order = sorted(near, key=lambda pair: pair[0])
        best = order[0][1]
        if len(order) > 1 and order[1][0] - order[0][0] < TIE and self._joined(token, best, order[1][1]):
            return None
        if best.gender is None and not any(e.gender == gender and back < 3 for e, _, back in fitting):
            best.gender = gender
        self.meant[token.index] = best
        return best

    def _joined(self, token: Token, one: Entity, other: Entity) -> bool:
        namings = self.last(one, token), self.last(other, token)
        tokens = [self._parse.tokens[naming.token] for naming in namings if naming]
        return len(tokens) > 1 and are_joined(self._parse, *tokens)

    def _distance(self, token: Token, naming: Naming, entity: Entity, back: int, gender: str) -> float:
        distance = back - WORTH[naming.prominence]
        if entity.gender:
            distance += -KNOWN_WORTH if entity.gender == gender else OTHER_GENDER_COST
        if naming.block != token.block and self._parse.outside(token) is not token:
            distance += OUTSIDE_COST
        distance += LISTED_COST * naming.listed + ASKED_ABOUT_COST * naming.asked_about
        named = self._parse.tokens[naming.token]
        same_verb = named.head == token.head and token.dep in OBJECT_DEPS and naming.sentence == token.sentence
        distance += FRONTED_COST * is_fronted(self._parse, named, token)
        return distance + (5 if same_verb else 0) - naming.token / 1e6


def _speaks(parse: Parse, token: Token) -> bool:
    """Whether the token is the subject of a saying verb."""
    return token.dep == "nsubj" and parse.head(token).lemma in tagged("reporting_verb")
