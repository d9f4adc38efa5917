"""Whose the words are that somebody quotes: looked for inside the quotation and beside the clause that gives it."""

from collections.abc import Iterator, Sequence

from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.quotes.syntax.quote_position import Place
from retrieval.text.lexicon import tagged


def sources(parse: Parse, roster: Roster, place: Place, around: Place) -> Iterator[tuple[Mention, str]]:
    """Each with the way in which it was found; `around` is the place of the quotation that holds this one."""
    for mention in cited(parse, roster, around):
        yield mention, "cited"
    first = named_first(parse, roster, place)
    if first:
        yield first, "named_first"


def cited(parse: Parse, roster: Roster, around: Place) -> Iterator[Mention]:
    """What the one who speaks the words around is said to cite: "…," Lee wrote, citing a report."""
    for token in around.outside:
        if token.lemma in tagged("citing_verb") and token.pos == "VERB":
            for noun in parse.below(token, "dobj"):
                yield mention_of(parse, roster, noun)


def named_first(parse: Parse, roster: Roster, place: Place) -> Mention | None:
    """The person whom the words around name first: "Ann Lee (1912-1956). Two gold medals. ‘…’"."""
    for token in _before(parse, place.first):
        named = roster.of_token(token)
        if token.quotation is None and named and named[0].is_person:
            return mention_of(parse, roster, roster.chunk_at[token.index].tokens[-1])
    return None


def _before(parse: Parse, first: Token) -> Sequence[Token]:
    start = first.index
    while start and parse.tokens[start - 1].block == first.block:
        start -= 1
    return parse.tokens[start : first.index]
