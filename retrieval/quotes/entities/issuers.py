"""Issuers of documents: of "the statement said" the organisation that "said in a statement"."""

from collections.abc import Iterator

from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.syntax.clauses import actor_of
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

REACH = 6
"""Sentences before a mention in which its issuer is looked for."""


def issuers(parse: Parse, entities: EntityIndex, writing: Token) -> Iterator[Mention]:
    """Iterate over the mentions of who issued the document that a noun stands for, the nearest first."""
    if writing.lemma not in tagged("statement_noun"):
        return
    last = parse.outside(writing)
    first = max(0, last.sentence - REACH)
    for number in range(last.sentence, first - 1, -1):
        for token in reversed(parse.sentence(number)):
            if token.index < last.index and token.quotation is None and token.lemma == writing.lemma:
                issuer = _issuer(parse, token)
                if issuer:
                    yield mention_of(parse, entities, issuer)


def _issuer(parse: Parse, writing: Token) -> Token | None:
    """Return who issued a document: whom it is "from", whose it is, or the subject of "issued it", "said in it"."""
    for preposition in parse.below(writing, "prep"):
        if preposition.text in ("from", "by"):
            return next(iter(parse.below(preposition, "pobj")), None)
    owners = [owner for owner in parse.below(writing, "poss") if owner.pos != "PRON"]
    if owners:
        return owners[0]
    verb = parse.head(writing)
    if writing.dep == "pobj" and verb.text.casefold() in ("in", "on"):
        verb = parse.head(verb)
    if (
        verb.pos != "VERB"
        or verb.lemma not in tagged("reporting_verb", "issuing_verb")
        or writing.dep not in ("pobj", "dobj")
    ):
        return None
    actor = actor_of(parse, verb)
    return actor.noun if actor and actor.noun.quotation is None and actor.noun.index != writing.index else None
