"""Follows he and she through an article: every pronoun outside of quotations gets the person whom it likely means."""

from dataclasses import dataclass

from retrieval.quotes.lexicon import HE, SHE
from retrieval.quotes.names import plain
from retrieval.quotes.roster import Entity, Roster
from retrieval.quotes.syntax import Parse, Token

REACH = 8  # sentences that a pronoun reaches back
SUBJECT_WORTH, KNOWN_WORTH = 1.6, 0.8  # in sentences of nearness
OBJECT_DEPS = ("dobj", "pobj", "dative")


@dataclass(slots=True)
class Naming:
    """The last place where a person was named or meant."""

    token: int
    sentence: int
    subject: bool


class Pronouns:
    """`meant[token.index]` is the person of a pronoun; `last(entity, index)` where a person was last meant before."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self.meant: dict[int, Entity] = {}
        self._history: dict[int, list[Naming]] = {}
        latest: dict[int, tuple[Entity, Naming]] = {}
        for token in parse.tokens:
            if token.quotation is not None:
                continue
            entity = self._named(roster, token) or self._meant(parse, token, latest)
            if entity:
                naming = Naming(token.index, token.sentence, _is_topic(parse, token))
                latest[id(entity)] = (entity, naming)
                self._history.setdefault(id(entity), []).append(naming)

    def last(self, entity: Entity, index: int) -> Naming | None:
        history = self._history.get(id(entity), [])
        return next((naming for naming in reversed(history) if naming.token < index), None)

    def count(self, entity: Entity) -> int:
        return len(self._history.get(id(entity), []))

    @staticmethod
    def _named(roster: Roster, token: Token) -> Entity | None:
        chunk = roster.chunk_at.get(token.index)
        if chunk is None or chunk.tokens[-1].index != token.index:
            return None
        named = roster.of_token(token)
        return named[0] if named and named[0].is_person else None

    def _meant(self, parse: Parse, token: Token, latest: dict[int, tuple[Entity, Naming]]) -> Entity | None:
        word = plain(token.text)
        gender = "m" if word in HE else "f" if word in SHE else None
        if gender is None:
            return None
        fitting = [
            (self._distance(parse, token, naming, entity), entity, naming)
            for entity, naming in latest.values()
            if entity.gender in (None, gender) and token.sentence - naming.sentence <= REACH
        ]
        if not fitting:
            return None
        _, best, naming = min(fitting, key=lambda item: item[0])
        if best.gender is None and not any(
            e.gender == gender and token.sentence - n.sentence < 3 for _, e, n in fitting
        ):
            best.gender = gender
        self.meant[token.index] = best
        return best

    @staticmethod
    def _distance(parse: Parse, token: Token, naming: Naming, entity: Entity) -> float:
        distance = float(token.sentence - naming.sentence)
        if naming.subject:
            distance -= SUBJECT_WORTH
        if entity.gender:
            distance -= KNOWN_WORTH
        named = parse.tokens[naming.token]
        same_verb = named.head == token.head and token.dep in OBJECT_DEPS and naming.sentence == token.sentence
        return distance + (5 if same_verb else 0) - naming.token / 1e6


def _is_topic(parse: Parse, token: Token) -> bool:
    while token.dep in ("compound", "appos", "conj", "poss") and token.head != token.index:
        if token.dep == "poss":
            return False
        token = parse.head(token)
    return token.dep in ("nsubj", "nsubjpass")
