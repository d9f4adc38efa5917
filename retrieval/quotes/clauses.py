"""Who does what: the one who acts in a verb's clause, also where the verb has no subject of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.lexicon import DOCUMENT_NOUNS, RELATIVE
from retrieval.quotes.syntax import Parse, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
SHARED_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "parataxis"})


@dataclass(frozen=True, slots=True)
class Actor:
    """`noun` heads the phrase that names who acts; `way` tells how it hangs on the verb.

    Ways: subject, relative (of "who"), agent ("by X"), shared (the subject of a verb above), noun ("a letter saying"),
    according ("according to X"), owner ("X's statement"), sender ("a statement from X").
    """

    noun: Token
    verb: Token
    way: str
    passive: bool = False


def actors(parse: Parse, tokens: Sequence[Token]) -> Iterator[Actor]:
    """Every actor of the clauses among the tokens, those inside quotations left out."""
    for token in tokens:
        if token.quotation is not None:
            continue
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
            actor = actor_of(parse, token)
            if actor and actor.noun.quotation is None:
                yield actor
        elif token.text.casefold() == "according":
            yield from _according(parse, token)
        elif token.lemma in DOCUMENT_NOUNS and token.pos in ("NOUN", "PROPN"):
            yield from _makers(parse, token)


def actor_of(parse: Parse, verb: Token) -> Actor | None:
    """The verb's agent: of a passive the one behind "by", without subject that of the clause above."""
    passive = bool(parse.below(verb, "nsubjpass", "auxpass"))
    for by in parse.below(verb, "agent"):
        for noun in parse.below(by, "pobj"):
            return Actor(noun, verb, "agent", passive=False)
    for subject in parse.below(verb, *SUBJECTS):
        if subject.text.casefold() in RELATIVE and verb.dep in ("relcl", "ccomp", "acl"):
            return Actor(parse.head(verb), verb, "relative", passive)
        if subject.pos in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"):
            return Actor(subject, verb, "subject", passive)
    return _inherited(parse, verb, passive)


def _inherited(parse: Parse, verb: Token, passive: bool) -> Actor | None:
    below = verb
    for above in parse.ancestors(verb):
        if below.dep in ("acl", "relcl") and above.pos in ("NOUN", "PROPN", "PRON"):
            return Actor(above, verb, "noun", passive)
        if below.dep not in SHARED_SUBJECT:
            return None
        for subject in parse.below(above, *SUBJECTS):
            if subject.text.casefold() in RELATIVE and above.dep == "relcl":
                return Actor(parse.head(above), verb, "shared", passive)
            if subject.index != below.index and subject.pos in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"):
                return Actor(subject, verb, "shared", passive)
        below = above
    return None


def _according(parse: Parse, token: Token) -> Iterator[Actor]:
    for to in parse.below(token, "prep"):
        for noun in parse.below(to, "pobj"):
            yield Actor(noun, token, "according")


def _makers(parse: Parse, noun: Token) -> Iterator[Actor]:
    for owner in parse.below(noun, "poss"):
        yield Actor(owner, noun, "owner")
    for preposition in parse.below(noun, "prep"):
        if preposition.text in ("from", "by"):
            for sender in parse.below(preposition, "pobj"):
                yield Actor(sender, noun, "sender")
