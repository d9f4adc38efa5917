"""Factuality: clauses that tell that somebody did not say the words, or only might."""

from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

INVERTED = frozenset("Had Should Were".split())


def is_nonfactual(parse: Parse, actor: Actor) -> bool:
    """Return whether a clause denies its verb or only supposes it: "never said", "denied saying", "if Lee says"."""
    verb = actor.verb
    return verb.lemma in tagged("reporting_verb") and (
        _is_negated(parse, verb)
        or any(t.lemma in tagged("suppositional_modal") or t.text in INVERTED for t in parse.below(verb, "aux"))
        or any(t.text.casefold() in tagged("conditional_conjunction") for t in parse.below(verb, "mark"))
        or any(t.text.casefold() == "falsely" for v in (verb, parse.head(verb)) for t in parse.below(v, "advmod"))
    )


def _is_negated(parse: Parse, verb: Token) -> bool:
    above = parse.head(verb)
    if above.lemma in tagged("denying_verb") and verb.dep in ("xcomp", "pcomp", "dobj") and above.index != verb.index:
        return True
    negations = (no for no in parse.below(verb, "neg") if no.quotation is None)
    return any(parse.tokens[no.index + 1].text not in tagged("downtoner") for no in negations)
