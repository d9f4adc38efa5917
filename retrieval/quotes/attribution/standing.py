"""Mentions for the names that stand beside a quotation where an attribution stands, with the facts of each."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.facts.clause_facts import sort_of
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.spans.standing_names import StandingName
from retrieval.quotes.syntax.parse import Parse, Token


@dataclass(frozen=True, slots=True)
class StandingNameFacts:
    """A name where an attribution stands, in a way of `StandingWay`; `sort` is what the mention names.

    `likely`: title, handle or first name show that it is a name; `parsed`: the parse has a reporting clause with this
    actor, too; the other fields are those of `StandingPhrase`.
    """

    way: str
    sort: str
    named: bool
    known_verb: bool
    likely: bool
    alone: bool
    opens: bool
    labelled: bool
    parsed: bool


def by_quotation(names: Sequence[StandingName]) -> Mapping[int, Sequence[StandingName]]:
    """Return the standing names by the index of their quotation."""
    found: dict[int, list[StandingName]] = defaultdict(list)
    for name in names:
        found[name.quotation].append(name)
    return found


def standing_mentions(
    parse: Parse, entities: EntityIndex, names: Sequence[StandingName], reporters: Collection[int]
) -> Iterator[tuple[Mention, StandingNameFacts]]:
    """Iterate over the standing names of one quotation that the parse holds, each as a mention with its facts.

    `reporters` are the indices of the tokens that head the actors of reporting clauses.
    """
    for name in names:
        head = _head(parse, entities, name)
        if head is None:
            continue
        mention, phrase = mention_of(parse, entities, head), name.phrase
        yield (
            mention,
            StandingNameFacts(
                way=phrase.way,
                sort=sort_of(mention.form),
                named=phrase.name is not None,
                known_verb=phrase.known_verb,
                likely=phrase.name is not None and phrase.name.likely,
                alone=name.alone,
                opens=phrase.opens,
                labelled=phrase.labelled,
                parsed=mention.head.index in reporters,
            ),
        )


def _head(parse: Parse, entities: EntityIndex, name: StandingName) -> Token | None:
    """Return the last token of a name, or the noun that heads a description."""
    tokens = parse.within(name.phrase.span)
    if name.phrase.name is not None:
        return next((token for token in reversed(tokens) if token.index in entities.chunk_at), None)
    inside = {token.index for token in tokens}
    root = next((token for token in tokens if token.head == token.index or token.head not in inside), None)
    if root is None or root.pos in ("NOUN", "PROPN", "ADJ"):
        return root
    return next((token for token in tokens if token.pos in ("NOUN", "PROPN")), None)
