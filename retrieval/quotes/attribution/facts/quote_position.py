"""Quote position: where a quotation stands in the parse, and what its sentence holds beside it."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.quotes.syntax.parse import Parse, Token

STOPS = (".", "!", "?", "…", ":", ";", ",")
QUOTATION_MARKS = ('"', "''", "``", "'", "‘", "’", "“", "”")


class Surroundings(StrEnum):
    """What the sentence of a quotation holds beside it: nothing, a clause that reports it, or other words."""

    ALONE = "alone"
    REPORTED = "reported"
    ACCOMPANIED = "accompanied"


@dataclass(frozen=True, slots=True)
class QuotePosition:
    """Where a quotation stands in the parse: its first and last token, and the tokens of the sentences it touches.

    `reported`: a clause of these sentences reports it; `heading`: it is a heading; `asked`: somebody "was asked" it.
    """

    first: Token
    last: Token
    region: tuple[Token, ...]
    reported: bool = False
    heading: bool = False
    asked: bool = False

    @property
    def outside(self) -> list[Token]:
        """Return the words of its sentences that stand in no quotation."""
        return [t for t in self.region if t.quotation is None and t.pos not in ("PUNCT", "SPACE")]

    @property
    def alone(self) -> bool:
        """Return whether its sentences hold no words outside of quotations."""
        return not any(t.quotation is None and t.pos not in ("PUNCT", "SPACE") for t in self.region)

    @property
    def fragment(self) -> bool:
        """Return whether it is part of a clause: words stand before it, and no comma or colon leads to it."""
        behind = reversed(self.region)
        before = next((t for t in behind if t.index < self.first.index and t.pos != "SPACE"), None)
        return before is not None and before.text not in (":", ",") and self.first.sentence == before.sentence

    @property
    def surroundings(self) -> Surroundings:
        """Return what its sentences hold beside it."""
        if self.alone:
            return Surroundings.ALONE
        return Surroundings.REPORTED if self.reported else Surroundings.ACCOMPANIED


def is_heading(parse: Parse, quote: QuotePosition) -> bool:
    """Return whether a quotation is a paragraph of its own without a stop at its end."""
    words = [t for t in quote.region if t.pos != "SPACE" and t.text not in QUOTATION_MARKS]
    starts = quote.first.index == 0 or parse.tokens[quote.first.index - 1].block != quote.first.block
    whole = starts and len({t.block for t in words}) == 1 and quote.alone
    return whole and not words[-1].text.endswith(STOPS)
