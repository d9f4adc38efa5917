"""Sources that the speaker of a quotation quotes: looked for inside the quotation and beside its reporting clause."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.quote_position import QuotePosition
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

MOST_TOKENS = 400
"""Tokens from the start of a quotation among which the person is looked for whom it names first."""


@dataclass(frozen=True, slots=True)
class ContextSpeakerFacts:
    """A speaker whom something other than a clause of the quotation's own sentence suggests.

    `way` is "outer" for the speaker of the quotation around, "repeated" for that of the same words elsewhere, "cited"
    and "named_first" for a source that the outer speaker quotes. `surroundings` is what the quotation's sentence holds.
    """

    way: str
    surroundings: str


def sources(
    parse: Parse, entities: EntityIndex, position: QuotePosition, around: QuotePosition
) -> Iterator[tuple[Mention, str]]:
    """Iterate over the sources, each with its way; `around` is where the quotation around this one stands."""
    for mention in cited(parse, entities, around):
        yield mention, "cited"
    first = named_first(parse, entities, position)
    if first:
        yield first, "named_first"


def cited(parse: Parse, entities: EntityIndex, around: QuotePosition) -> Iterator[Mention]:
    """Iterate over what the outer speaker is said to cite: "…," Lee wrote, citing a report."""
    for token in around.outside:
        if token.lemma in tagged("citing_verb") and token.pos == "VERB":
            for noun in parse.below(token, "dobj"):
                yield mention_of(parse, entities, noun)


def named_first(parse: Parse, entities: EntityIndex, position: QuotePosition) -> Mention | None:
    """Return the person whom the outer quotation names first: "Ann Lee (1912-1956). Two gold medals. ‘…’"."""
    for token in _before(parse, position.first):
        named = entities.of_token(token)
        if token.quotation is None and named and named[0].is_person:
            return mention_of(parse, entities, entities.chunk_at[token.index].tokens[-1])
    return None


def _before(parse: Parse, first: Token) -> Sequence[Token]:
    start = bisect_left(parse.tokens, first.block, key=lambda token: token.block)
    return parse.tokens[start : min(first.index, start + MOST_TOKENS)]
