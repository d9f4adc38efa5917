"""How clauses stand to a quotation: on which side, how near, how far above it in the tree, whether they give it."""

from collections.abc import Sequence

from retrieval.quotes.attribution.quote_position import ClausePosition, QuotePosition, verb_class
from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.noun_phrases import noun_phrase
from retrieval.quotes.syntax.parse import Parse

NEAR, BEFORE_COLON = 4, 12  # words between a clause and the quotation that it gives
QUOTATIVE = (["like"], ["all"], ["all", "like"])


class ClauseLocator:
    """One article's."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    def of(self, place: QuotePosition, above: Sequence[int], actor: Actor) -> ClausePosition:
        side, gap = self._gap(place, actor)
        if self._is_quotative(place, actor):
            return ClausePosition(side, 0, 0, True)
        rank = above.index(actor.verb.index) if actor.verb.index in above else None
        near = BEFORE_COLON if side == "before" and self.colon_before(place) else NEAR
        gives = verb_class(actor) in ("say", "according") and (rank is not None or gap < near)
        return ClausePosition(side, gap, rank, gives)

    def above(self, place: QuotePosition) -> list[int]:
        """Token indices of what governs the quotation, the nearest first."""
        for token in place.region:
            inside = place.first.index <= token.index <= place.last.index
            head = self._parse.head(token)
            if inside and token.pos != "PUNCT" and not place.first.index <= head.index <= place.last.index:
                return [t.index for t in self._parse.ancestors(token)]
        return []

    def _gap(self, place: QuotePosition, actor: Actor) -> tuple[str, int]:
        """On which side the clause stands, and how many words lie between it and the words quoted."""
        low = high = actor.verb.index
        if actor.way != "shared":
            phrase = noun_phrase(self._parse, actor.noun)
            low, high = min(phrase[0].index, low), max(phrase[-1].index, high)
        if low > place.last.index:
            return "after", self._words_between(place.last.index, low)
        if high < place.first.index:
            return "before", self._words_between(high, place.first.index)
        return "around", 0

    def _words_between(self, low: int, high: int) -> int:
        between = self._parse.tokens[low + 1 : high]
        return sum(t.pos not in ("PUNCT", "SPACE") for t in between)

    def colon_before(self, place: QuotePosition) -> bool:
        return place.first.index > 0 and self._parse.tokens[place.first.index - 1].text == ":"

    def _is_quotative(self, place: QuotePosition, actor: Actor) -> bool:
        """ "She was like: …", "they were all, …" right before the words."""
        between = self._parse.tokens[actor.verb.index + 1 : place.first.index]
        words = [t.text for t in between if t.pos not in ("PUNCT", "SPACE")]
        return actor.verb.lemma == "be" and words in QUOTATIVE
