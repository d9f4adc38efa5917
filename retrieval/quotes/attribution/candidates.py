"""Mentions around a quotation that may name its speaker, each with the features that speak for it or against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.quotes.attribution.clause_position import ClauseLocator
from retrieval.quotes.attribution.labels import labels
from retrieval.quotes.attribution.model import Features
from retrieval.quotes.attribution.own_clauses import OwnClauses, shared
from retrieval.quotes.attribution.quote_position import QuotePosition, is_heading, verb_class
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.syntax.clauses import Actor, actors
from retrieval.quotes.syntax.parse import Parse, Token


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
        self._standing = ClauseLocator(parse)
        self._tokens: dict[int, list[Token]] = {}
        for token in parse.tokens:
            if token.quotation is not None:
                self._tokens.setdefault(token.quotation, []).append(token)
        self._actors: dict[int, list[Actor]] = {}

    def place(self, quotation: int) -> QuotePosition | None:
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
        place = QuotePosition(tokens[0], tokens[-1], tuple(region))
        above = self._standing.above(place)
        stands = [(actor, self._standing.of(place, above, actor)) for actor in self._actors_in(region)]
        said = any(stand.gives for _, stand in stands)
        asked = any(a.passive and a.verb.lemma == "ask" and s.side == "before" and not s.gap for a, s in stands)
        return replace(place, said=said, heading=is_heading(self._parse, place), asked=asked)

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
        clauses = OwnClauses(self._parse, self._standing, place, self._actors_in(place.region))
        yield from self._own(clauses)
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

    def _own(self, clauses: OwnClauses) -> Iterator[Candidate]:
        for actor, stand in clauses.each():
            mention = mention_of(self._parse, self._roster, actor.noun)
            why = f"{actor.way} of “{actor.verb.text}” {stand.side} the words"
            yield Candidate(mention, clauses.features(actor, stand, mention), why)

    def _beside(self, place: QuotePosition) -> Iterator[Candidate]:
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
                yield from self._sentence(place, sentence, f"{way}{distance}:{lone}", crossing)

    def _sentence(
        self, place: QuotePosition, sentence: Sequence[Token], where: str, crossing: str
    ) -> Iterator[Candidate]:
        found = [actor for actor in self._actors_in(sentence) if actor.way != "shared"]
        words = [t for t in sentence if t.pos != "SPACE"]
        quoted = any(t.quotation is not None for t in sentence)
        for position, actor in enumerate(found):
            mention = mention_of(self._parse, self._roster, actor.noun)
            features = shared(actor, mention, where)
            features[f"{where}:{crossing}"] = 1.0
            features[f"{where}:first_actor"] = float(position == 0)
            features[f"{where}:last_actor"] = float(position == len(found) - 1)
            tells = verb_class(actor) in ("say", "according", "owner", "sender")
            features[f"{where}:colon"] = float(tells and bool(words) and words[-1].text == ":")
            features[f"{where}:quoted"] = float(quoted)
            features[f"{where}:question"] = float(bool(words) and words[-1].text == "?" and not quoted)
            features[f"{where[:4]}:heading"] = float(place.heading)
            yield Candidate(
                mention,
                features,
                f"{actor.way} of “{actor.verb.text}” in the sentence {where.split(':', maxsplit=1)[0]}",
            )
