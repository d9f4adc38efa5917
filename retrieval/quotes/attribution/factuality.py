"""Factuality: clauses that tell that somebody did not say the words, or only might."""

from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import SAYING

DENYING = frozenset("deny refuse decline".split())
SUPPOSING = frozenset("should could might must".split())
"""Not "will" and "would": what a speech "will say" is printed before it is held."""
CONDITIONS = frozenset("if unless whether".split())
INVERTED = frozenset("Had Should Were".split())
NO_MORE_THAN = frozenset("only just merely simply".split())


def is_nonfactual(parse: Parse, actor: Actor) -> bool:
    """Return whether a clause says "never said", "denied saying", "if Lee says", "should say", "is falsely said to say"."""
    verb = actor.verb
    return verb.lemma in SAYING and (
        _is_negated(parse, verb)
        or any(t.lemma in SUPPOSING or t.text in INVERTED for t in parse.below(verb, "aux"))
        or any(t.text.casefold() in CONDITIONS for t in parse.below(verb, "mark"))
        or any(t.text.casefold() == "falsely" for v in (verb, parse.head(verb)) for t in parse.below(v, "advmod"))
    )


def _is_negated(parse: Parse, verb: Token) -> bool:
    above = parse.head(verb)
    if above.lemma in DENYING and verb.dep in ("xcomp", "pcomp", "dobj") and above.index != verb.index:
        return True
    negations = (no for no in parse.below(verb, "neg") if no.quotation is None)
    return any(parse.tokens[no.index + 1].text not in NO_MORE_THAN for no in negations)
