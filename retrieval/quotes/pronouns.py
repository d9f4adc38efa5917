"""Follows he and she through an article: every pronoun outside of quotations gets the person whom it likely means."""

from dataclasses import dataclass
from enum import IntEnum

from retrieval.quotes.lexicon import HE, SAYING, SHE
from retrieval.quotes.names import plain
from retrieval.quotes.roster import Entity, Roster
from retrieval.quotes.syntax import Parse, Token

REACH = 8  # sentences that a pronoun reaches back
KNOWN_WORTH = 0.8  # in sentences of nearness
WORTH = (0.0, 1.0, 1.8)  # of each prominence, in sentences of nearness
OBJECT_DEPS = ("dobj", "pobj", "dative")


class Prominence(IntEnum):
    """How a sentence puts a person forward."""

    ASIDE = 0  # an object, an owner, behind a preposition
    SUBJECT = 1  # of a clause within the sentence
    TOPIC = 2  # of the sentence


@dataclass(slots=True)
class Naming:
    """A sentence that names or means a person: the last token that does, the best place in it, whether they speak."""

    token: int
    sentence: int
    prominence: Prominence
    speaks: bool


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
                naming = Naming(token.index, token.sentence, prominence(parse, token), _speaks(parse, token))
                known = latest.get(id(entity))
                if known and known[1].sentence == token.sentence:
                    naming.prominence = max(naming.prominence, known[1].prominence)
                    naming.speaks = naming.speaks or known[1].speaks
                latest[id(entity)] = (entity, naming)
                self._history.setdefault(id(entity), []).append(naming)

    def last(self, entity: Entity, index: int) -> Naming | None:
        history = self._history.get(id(entity), [])
        return next((naming for naming in reversed(history) if naming.token < index), None)

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
        _, best, _ = min(fitting, key=lambda item: item[0])
        if best.gender is None and not any(
            e.gender == gender and token.sentence - n.sentence < 3 for _, e, n in fitting
        ):
            best.gender = gender
        self.meant[token.index] = best
        return best

    @staticmethod
    def _distance(parse: Parse, token: Token, naming: Naming, entity: Entity) -> float:
        distance = token.sentence - naming.sentence - WORTH[naming.prominence]
        if entity.gender:
            distance -= KNOWN_WORTH
        named = parse.tokens[naming.token]
        same_verb = named.head == token.head and token.dep in OBJECT_DEPS and naming.sentence == token.sentence
        return distance + (5 if same_verb else 0) - naming.token / 1e6


def _speaks(parse: Parse, token: Token) -> bool:
    """Whether the token is the subject of a saying verb."""
    return token.dep == "nsubj" and parse.head(token).lemma in SAYING


def prominence(parse: Parse, token: Token) -> Prominence:
    """An owner of the subject ("Lee's future is …") counts as a subject."""
    owner = False
    while token.dep in ("compound", "appos", "conj", "poss") and token.head != token.index:
        owner = owner or token.dep == "poss"
        token = parse.head(token)
    if token.dep not in ("nsubj", "nsubjpass"):
        return Prominence.ASIDE
    if owner:
        return Prominence.SUBJECT
    verb = parse.head(token)
    while verb.dep == "conj" and verb.head != verb.index:
        verb = parse.head(verb)
    return Prominence.TOPIC if verb.dep == "ROOT" else Prominence.SUBJECT
