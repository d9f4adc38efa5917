"""Clause position: where a clause stands to a quotation, and whether it reports the quotation."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.noun_phrases import noun_phrase
from retrieval.quotes.syntax.parse import Parse
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold

NEAR = 4
"""Words between a quotation and a clause that reports it, at most; the clause need not govern it then."""
BEFORE_COLON = 12
"""The same before a colon."""
QUOTATIVE = (["like"], ["all"], ["all", "like"])
VERB_CLASSES = {
    "say": ("plain_reporting_verb", "reporting_verb"),
    "think": ("thinking_verb",),
    "show": ("acting_verb",),
}
"""Tags of the lexicon for each verb class, the first that fits first."""


@dataclass(frozen=True, slots=True)
class ClausePosition:
    """Where a clause stands to a quotation.

    `side` is "before", "after" or "around"; `gap` counts the words between; `rank` counts from the lowest token that
    governs the quotation, None where the clause does not. `reporting`: a saying verb governs it or stands next to it.
    """

    side: str
    gap: int
    rank: int | None
    reporting: bool

    @property
    def order(self) -> tuple[int, int]:
        """Return a sort key, the likeliest reporting clause first: next behind the quotation, then the nearest."""
        return (0 if self.side == "after" and self.gap == 0 else 1, self.gap + (self.rank or 0))


def verb_class(actor: Actor) -> str:
    """Return the class of a clause's verb: say, think, be, show …; of a noun or "according" their own class."""
    if actor.way in ("according", "owner", "sender"):
        return actor.way
    if actor.verb.quotation is not None:
        return "quoted"
    if actor.silent:
        return "other"
    lemma = actor.verb.lemma
    if actor.passive:
        return "hear" if lemma in tagged("receiving_verb") else "passive"
    if lemma == "be":
        return "be"
    return next((name for name, tags in VERB_CLASSES.items() if lemma in tagged(*tags)), "other")


class ClauseLocator:
    """Locates the clauses of one article."""

    def __init__(self, parse: Parse) -> None:
        """Keep the parse."""
        self._parse = parse

    def of(self, position: QuotePosition, above: Sequence[int], actor: Actor) -> ClausePosition:
        """Return where a clause stands to a quotation; `above` are the indices of what governs the quotation."""
        side, gap = self._gap(position, actor)
        if self._is_quotative(position, actor):
            return ClausePosition(side, 0, 0, True)
        rank = above.index(actor.verb.index) if actor.verb.index in above else None
        near = BEFORE_COLON if side == "before" and self.colon_before(position) else NEAR
        reporting = verb_class(actor) in ("say", "according") and (rank is not None or gap < near)
        return ClausePosition(side, gap, rank, reporting)

    def above(self, position: QuotePosition) -> list[int]:
        """Return the token indices of what governs the quotation, the nearest first."""
        for token in position.region:
            inside = position.first.index <= token.index <= position.last.index
            head = self._parse.head(token)
            if inside and token.pos != "PUNCT" and not position.first.index <= head.index <= position.last.index:
                return [t.index for t in self._parse.ancestors(token)]
        return []

    def _gap(self, position: QuotePosition, actor: Actor) -> tuple[str, int]:
        """Return the side on which the clause stands, and the number of words between it and the quotation."""
        low = high = actor.verb.index
        if actor.way != "shared":
            phrase = noun_phrase(self._parse, actor.noun)
            low, high = min(phrase[0].index, low), max(phrase[-1].index, high)
        if low > position.last.index:
            return "after", self._words_between(position.last.index, low)
        if high < position.first.index:
            return "before", self._words_between(high, position.first.index)
        return "around", 0

    def _words_between(self, low: int, high: int) -> int:
        between = self._parse.tokens[low + 1 : high]
        return sum(t.pos not in ("PUNCT", "SPACE") for t in between)

    def colon_before(self, position: QuotePosition) -> bool:
        """Return whether a colon leads to the quotation."""
        return position.first.index > 0 and self._parse.tokens[position.first.index - 1].text == ":"

    def _is_quotative(self, position: QuotePosition, actor: Actor) -> bool:
        """Return whether it is a quotative right before the quotation: "She was like: …", "they weren't all, …"."""
        between = self._parse.tokens[actor.verb.index + 1 : position.first.index]
        if actor.verb.lemma == "go":
            return [t.text for t in between[:1]] == [","] and not any(t.text.isalpha() for t in between)
        if actor.verb.lemma != "be" or fold(actor.noun.text) in tagged("it_pronoun"):
            return False
        words = [t.text for t in between if t.pos not in ("PUNCT", "SPACE") and t.dep != "neg"]
        return words in QUOTATIVE
