"""Pronoun resolution: whom each "he" and "she" outside of quotations means, and where people were last mentioned."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from retrieval.quotes.entities.entity import Entity, Recency, may_be
from retrieval.quotes.entities.entity_index import EntityIndex
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
from retrieval.text.person_names.names import fold

REACH = 8  # sentences that a pronoun reaches back
FAR = 300  # tokens before a quotation that are looked through for names
TIE = 0.1
"""Least difference between two scores that tells one person from another who stands in the same list."""
OBJECT_DEPS = ("dobj", "pobj", "dative")
MOST_RECENT = 40
"""People named last before a pronoun among whom the one that it means is looked for."""


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A sentence of the article's own words that names or means a person.

    `token` is the last one that does; `prominence` is the best that the sentence gives the person. `spoke` is the
    sentence in which the person last spoke, None before that; `first`: nothing named them earlier; `listed`: they are
    one of several; `asked_about`: a question is about them.
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


@dataclass(frozen=True, slots=True)
class PronounLinkFacts:
    """A pronoun and a person whom it may mean, by the last mention of the person before it.

    `back` counts sentences, `token` is the index of the mention. `gender_fits` is None where the person's is unknown.
    `outside`: the pronoun is quoted and the mention is not; `fronted`: the mention stands in front of the pronoun's own
    clause; `same_verb`: the pronoun is an object beside the mention.
    """

    back: int
    token: int
    prominence: Prominence
    gender_fits: bool | None
    outside: bool
    listed: bool
    asked_about: bool
    fronted: bool
    same_verb: bool


PronounScorer = Callable[[PronounLinkFacts], float]


class PronounResolver:
    """Resolves every "he" and "she" of one article outside of quotations.

    `meant[token.index]` is the person of a pronoun. `score` tells how likely a pronoun means a person; the unit is one
    sentence of nearness.
    """

    def __init__(self, parse: Parse, entities: EntityIndex, score: PronounScorer) -> None:
        """Resolve the pronouns in order, each by the mentions before it."""
        self.meant: dict[int, Entity] = {}
        self._parse = parse
        self._score = score
        self._order: dict[int, int] = {}
        self._mentions = 0
        self._since: dict[int, list[Entity]] = {}
        self._recency: dict[int | None, Recency] = {}
        self._history: dict[int, list[PersonMention]] = {}
        self._places: dict[int, list[int]] = {}
        self._mentioned: dict[int, Entity] = {}
        for token in parse.tokens:
            if token.quotation is None:
                entity = self._named(entities, token) or self._resolve(token)
                if entity:
                    self._add(entity, token)

    def _add(self, entity: Entity, token: Token) -> None:
        self._mentioned[token.index] = entity
        known = self.last(entity, token)
        self._order.setdefault(id(entity), len(self._order))
        self._recency.setdefault(self._block(token), Recency(MOST_RECENT)).add(token.index, entity)
        self._mentions += 1
        speaks = _speaks(self._parse, token)
        mention = PersonMention(
            token=token.index,
            sentence=token.sentence,
            block=token.block,
            prominence=prominence(self._parse, token),
            speaks=speaks,
            spoke=token.sentence if speaks else known.spoke if known else None,
            first=known is None,
            listed=is_listed(self._parse, token),
            asked_about=is_asked_about(self._parse, token),
        )
        if known and known.sentence == token.sentence:
            mention = _joined_with(known, mention)
        self._history.setdefault(id(entity), []).append(mention)
        self._places.setdefault(id(entity), []).append(token.index)

    def _block(self, token: Token) -> int | None:
        """Return the block of a token inside a quotation that is parsed by itself, None for the article's own words."""
        return None if self._parse.outside(token) is token else token.block

    def recent(self, token: Token) -> list[Entity]:
        """Return the people mentioned last before the token, in its own quotation and in the article's own words."""
        inside = self._recency.get(self._block(token))
        outside = self._recency.get(None)
        pairs = list(inside.before(token.index)) if inside else []
        if inside is not outside and outside:
            pairs += outside.before(self._parse.outside(token).index)
        return list({id(entity): entity for _, entity in pairs}.values())

    def last(self, entity: Entity, token: Token) -> PersonMention | None:
        """Return the last mention before the token: in its own quotation, else in the article's own words."""
        places = self._places.get(id(entity), [])
        outside = self._parse.outside(token)
        at = bisect_left(places, token.index) - 1
        if outside is not token and (at < 0 or self._history[id(entity)][at].block != token.block):
            at = bisect_left(places, outside.index) - 1
        return self._history[id(entity)][at] if at >= 0 else None

    def back(self, token: Token, named: PersonMention) -> int:
        """Return how many sentences lie between a mention and a token behind it."""
        same = named.block == token.block
        return (token if same else self._parse.outside(token)).sentence - named.sentence

    def paragraphs(self, token: Token, named: PersonMention) -> int:
        """Return how many paragraphs lie between a mention and a token behind it."""
        return 0 if named.block == token.block else self._parse.outside(token).block - named.block

    def between(self, start: int, token: Token) -> list[tuple[Entity, Token]]:
        """Return the people mentioned between an offset of the text and a token not far behind it, in order."""
        found = []
        for earlier in reversed(self._parse.tokens[max(0, token.index - FAR) : token.index]):
            if earlier.start < start or earlier.block > token.block:
                break
            entity = self._mentioned.get(earlier.index)
            if entity:
                found.append((entity, earlier))
        return found[::-1]

    def named_since_quotation(self, token: Token) -> list[Entity]:
        """Return the people mentioned between the quotation before and the token, each once, in order."""
        if token.index not in self._since:
            self._since[token.index] = self._named_since(self._parse.outside(token))
        return self._since[token.index]

    def _named_since(self, outside: Token) -> list[Entity]:
        found: dict[int, tuple[int, Entity]] = {}
        first = outside.sentence - REACH + 1
        for earlier in reversed(self._parse.tokens[max(0, outside.index - FAR) : outside.index]):
            quoted = earlier.quotation is not None and earlier.sentence < outside.sentence
            if quoted or earlier.sentence < first:
                first = max(first, earlier.sentence + 1)
                break
            entity = self._mentioned.get(earlier.index)
            if entity:
                found.setdefault(id(entity), (earlier.sentence, entity))
        return [entity for sentence, entity in found.values() if sentence >= first][::-1]

    def share(self, entity: Entity) -> float:
        """Return which part of all mentions of people are of this one, 0..1."""
        return len(self._history.get(id(entity), [])) / self._mentions if self._mentions else 0.0

    @staticmethod
    def _named(entities: EntityIndex, token: Token) -> Entity | None:
        chunk = entities.chunk_at.get(token.index)
        if chunk is None or chunk.tokens[-1].index != token.index:
            return None
        named = entities.of_token(token)
        return named[0] if named and named[0].is_person else None

    def _resolve(self, token: Token) -> Entity | None:
        word = fold(token.text)
        gender = "m" if word in tagged("he_pronoun") else "f" if word in tagged("she_pronoun") else None
        if gender is None:
            return None
        people = sorted(self.recent(token), key=lambda entity: self._order[id(entity)])
        mentions = [(e, self.last(e, token)) for e in people if may_be(e, gender)]
        fitting = [(e, m, self.back(token, m)) for e, m in mentions if m]
        near = [(self._score(self._link(token, m, e, back, gender)), e) for e, m, back in fitting if back <= REACH]
        if not near:
            return None
        order = sorted(near, key=lambda pair: -pair[0])
        best = order[0][1]
        if len(order) > 1 and order[0][0] - order[1][0] < TIE and self._joined(token, best, order[1][1]):
            return None
        if best.gender is None and not any(e.gender == gender and back < 3 for e, _, back in fitting):
            best.gender = gender
        self.meant[token.index] = best
        return best

    def _joined(self, token: Token, one: Entity, other: Entity) -> bool:
        mentions = self.last(one, token), self.last(other, token)
        tokens = [self._parse.tokens[named.token] for named in mentions if named]
        return len(tokens) > 1 and are_joined(self._parse, *tokens)

    def _link(self, token: Token, mention: PersonMention, entity: Entity, back: int, gender: str) -> PronounLinkFacts:
        named = self._parse.tokens[mention.token]
        return PronounLinkFacts(
            back=back,
            token=mention.token,
            prominence=mention.prominence,
            gender_fits=entity.gender == gender if entity.gender else None,
            outside=mention.block != token.block and self._parse.outside(token) is not token,
            listed=mention.listed,
            asked_about=mention.asked_about,
            fronted=is_fronted(self._parse, named, token),
            same_verb=named.head == token.head and token.dep in OBJECT_DEPS and mention.sentence == token.sentence,
        )


def _joined_with(earlier: PersonMention, mention: PersonMention) -> PersonMention:
    """Return a mention as the second of its sentence: it stands for both."""
    return replace(
        mention,
        prominence=max(mention.prominence, earlier.prominence),
        speaks=mention.speaks or earlier.speaks,
        first=earlier.first,
        listed=mention.listed and earlier.listed,
        asked_about=mention.asked_about and earlier.asked_about,
    )


def _speaks(parse: Parse, token: Token) -> bool:
    """Return whether the token is the subject of a saying verb."""
    return token.dep == "nsubj" and parse.head(token).lemma in tagged("reporting_verb")
