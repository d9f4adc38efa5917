"""Where a quotation stands in its sentence, where a clause stands to it, and what sort of verb the clause has."""

from dataclasses import dataclass

from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

STOPS = (".", "!", "?", "…", ":", ";", ",")
QUOTATION_MARKS = ('"', "''", "``", "'", "‘", "’", "“", "”")
VERB_CLASSES = {
    "say": ("plain_reporting_verb", "reporting_verb"),
    "think": ("thinking_verb",),
    "show": ("acting_verb",),
}
"""The lexicon's tags of each class, the first that fits first."""


@dataclass(frozen=True, slots=True)
class QuotePosition:
    """Where a quotation stands in the parse: its own tokens and the sentences that they touch.

    `said`: a clause there gives the words; `asked`: somebody "was asked" them.
    """

    first: Token
    last: Token
    region: tuple[Token, ...]
    said: bool = False
    heading: bool = False
    asked: bool = False

    @property
    def outside(self) -> list[Token]:
        return [t for t in self.region if t.quotation is None and t.pos not in ("PUNCT", "SPACE")]

    @property
    def alone(self) -> bool:
        return not self.outside

    @property
    def fragment(self) -> bool:
        """Whether the words stand inside a sentence: something is before them, and no comma or colon leads to them."""
        before = [t for t in self.region if t.index < self.first.index and t.pos != "SPACE"]
        return bool(before) and before[-1].text not in (":", ",") and self.first.sentence == before[-1].sentence

    @property
    def company(self) -> str:
        """What stands in its sentence: nothing ("alone"), a clause that gives the words ("said"), or other words."""
        return "alone" if self.alone else "said" if self.said else "accompanied"


@dataclass(frozen=True, slots=True)
class ClausePosition:
    """Where a clause stands to a quotation: side, words between, how far above it in the tree (None when not).

    `gives` says that it plainly gives the words: a saying verb above them or next to them.
    """

    side: str
    gap: int
    rank: int | None
    gives: bool

    @property
    def order(self) -> tuple[int, int]:
        """The likeliest giver first: next behind the words, then the nearest."""
        return (0 if self.side == "after" and self.gap == 0 else 1, self.gap + (self.rank or 0))


def is_heading(parse: Parse, place: QuotePosition) -> bool:
    """Whether the words are a paragraph of their own without a stop at its end."""
    words = [t for t in place.region if t.pos != "SPACE" and t.text not in QUOTATION_MARKS]
    starts = place.first.index == 0 or parse.tokens[place.first.index - 1].block != place.first.block
    whole = starts and len({t.block for t in words}) == 1 and place.alone
    return whole and not words[-1].text.endswith(STOPS)


def verb_class(actor: Actor) -> str:
    """say, tell of other speech, think, show … of the verb; of a noun or "according" their own class."""
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
