"""The actors of clauses: the noun that acts in a verb's clause, also where the verb has no subject of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

SUBJECT_DEPS = ("nsubj", "nsubjpass", "csubj")
NOMINAL_POS = ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM")
MAX_INVERSION_TOKENS = 12
"""Tokens behind a verb in which its inverted subject may stand."""
TIME_ENTITIES = ("DATE", "TIME")
SHARED_SUBJECT_DEPS = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "parataxis"})


@dataclass(frozen=True, slots=True)
class Actor:
    """The actor of a clause: `noun` heads the phrase that names it, `way` tells how it hangs on `verb`.

    Ways: subject, relative (of "who"), agent ("by X"), shared (the subject of a verb above), object ("led X to say",
    "accused X of saying"), noun ("a letter saying"), maker ("X wrote a letter saying"), according ("according to X"),
    owner ("X's statement"), sender ("a statement from X").
    `silent`: what may be a saying verb says nothing here, as in "continued to act".
    """

    noun: Token
    verb: Token
    way: str
    passive: bool = False
    silent: bool = False


def actors(parse: Parse, tokens: Sequence[Token]) -> Iterator[Actor]:
    """Yield the actors of the clauses among the tokens; actors inside quotations are left out, quoted verbs are not."""
    for token in tokens:
        if token.quotation is None and token.text.casefold() in ("according", "per"):
            yield from _according(parse, token)
        elif token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
            actor = actor_of(parse, token)
            if actor and _is_silent(parse, actor):
                actor = replace(actor, silent=True)
            if actor and actor.noun.quotation is None:
                yield actor
                yield from _maker(parse, actor)
                if actor.way == "shared" and token.tag == "VBG" and token.lemma in tagged("reporting_verb"):
                    yield from _reporter_above(parse, actor)
        elif token.quotation is not None:
            continue
        elif token.lemma in tagged("document_noun", "utterance_noun") and token.pos in ("NOUN", "PROPN"):
            yield from _makers(parse, token)


def _maker(parse: Parse, actor: Actor) -> Iterator[Actor]:
    """Yield the maker of the noun that acts: of "Lee made a film calling it …" also Lee."""
    if actor.way == "noun" and actor.noun.dep == "dobj":
        for subject in parse.below(parse.head(actor.noun), "nsubj"):
            if subject.pos in NOMINAL_POS and subject.quotation is None:
                yield Actor(subject, actor.verb, "maker")


def _is_silent(parse: Parse, actor: Actor) -> bool:
    """Return whether a reporting verb says nothing: "continued to act", "put a rule in place", "the storm hit"."""
    verb = actor.verb
    if verb.tag == "VB" and (actor.way == "noun" or verb.lemma in ("respond", "answer")):
        return True
    objects = [noun for noun in parse.below(verb, "dobj") if noun.quotation is None]
    if verb.lemma == "put":
        return any(noun.text != "it" for noun in objects) and not parse.below(verb, "prt")
    if verb.lemma == "hit":
        return not any(word.text in ("back", "out") for word in parse.below(verb, "prt", "advmod"))
    return (verb.lemma == "continue" and bool(parse.below(verb, "xcomp"))) or (verb.lemma == "add" and bool(objects))


def actor_of(parse: Parse, verb: Token) -> Actor | None:
    """Return the actor of a verb: of a passive the agent behind "by", without a subject that of the clause above."""
    passive = bool(parse.below(verb, "nsubjpass", "auxpass"))
    for by in parse.below(verb, "agent"):
        for noun in parse.below(by, "pobj"):
            return Actor(noun, verb, "agent", passive=False)
    for subject in parse.below(verb, *SUBJECT_DEPS):
        if subject.text.casefold() in tagged("relative_pronoun") and verb.dep in ("relcl", "ccomp", "acl"):
            return Actor(parse.head(verb), verb, "relative", passive)
        if subject.pos in NOMINAL_POS and subject.entity not in TIME_ENTITIES:
            inverted = _inverted(parse, verb) if subject.index < verb.index - 1 else None
            return Actor(inverted, verb, "inverted") if inverted else Actor(subject, verb, "subject", passive)
    inverted = _inverted(parse, verb)
    if inverted:
        return Actor(inverted, verb, "inverted")
    return _inherited(parse, verb, passive)


def _inverted(parse: Parse, verb: Token) -> Token | None:
    """Return the subject behind a reporting verb that follows a quotation or begins its sentence: "…," said Lee.

    Parsers take it for an object.
    """
    if verb.lemma not in tagged("reporting_verb") or verb.tag in ("VBG", "VB"):
        return None
    before = verb.index - 1
    while before >= 0 and parse.tokens[before].pos in ("PUNCT", "SPACE", "ADV") and not _quoted(parse.tokens[before]):
        before -= 1
    starts = (verb.tag != "VBN" or verb.lemma in tagged("plain_reporting_verb")) and (
        before < 0 or parse.tokens[before].sentence != verb.sentence
    )
    if not starts and not _quoted(parse.tokens[before]):
        return None
    for noun in parse.tokens[verb.index + 1 : verb.index + 1 + MAX_INVERSION_TOKENS]:
        if noun.sentence != verb.sentence or _ends_phrase(noun):
            return None
        if noun.pos in ("NOUN", "PROPN", "PRON") and noun.dep not in ("compound", "poss", "nmod", "npadvmod"):
            return noun if noun.text not in tagged("object_pronoun") else None
    return None


def _ends_phrase(token: Token) -> bool:
    """Return whether a token can't stand before the head of a noun phrase; a hyphen and "guitar-toting" can."""
    return token.pos in ("PUNCT", "VERB", "AUX", "SCONJ", "ADP") and token.text != "-" and token.dep != "amod"


def _quoted(token: Token) -> bool:
    return token.quotation is not None


def _inherited(parse: Parse, verb: Token, passive: bool) -> Actor | None:
    """Return the actor that a verb without subject takes from the clauses above it."""
    below = verb
    for above in parse.ancestors(verb):
        if below.dep in ("acl", "relcl") and above.pos in ("NOUN", "PROPN", "PRON"):
            return Actor(above, verb, "noun", passive)
        if below.dep not in SHARED_SUBJECT_DEPS:
            return None
        controller = _object(parse, above, below) if below.index == verb.index else _judged(parse, above, below)
        if controller:
            return Actor(controller, verb, "object", passive)
        for subject in parse.below(above, *SUBJECT_DEPS):
            if subject.text.casefold() in tagged("relative_pronoun") and above.dep == "relcl":
                return Actor(parse.head(above), verb, "shared", passive)
            if subject.index != below.index and subject.pos in NOMINAL_POS:
                return Actor(subject, verb, "shared", passive)
        below = above
    return None


def _object(parse: Parse, above: Token, below: Token) -> Token | None:
    """Return the object that acts in an infinitive: Lee in "the loss led Lee to say"."""
    if below.tag != "VB" or below.dep not in ("xcomp", "advcl", "ccomp") or above.lemma == "promise":
        return None
    between = (o for o in parse.below(above, "dobj") if above.index < o.index < below.index)
    return next((o for o in between if o.pos in ("NOUN", "PROPN", "PRON")), None)


def _judged(parse: Parse, above: Token, below: Token) -> Token | None:
    """Return the object that is judged for an act: Kim in "Lee accused Kim of calling …"."""
    if below.text not in ("of", "for"):
        return None
    judging = above if above.dep != "dobj" else parse.head(above)
    if judging.lemma not in tagged("judging_verb"):
        return None
    between = (o for o in parse.below(judging, "dobj") if judging.index < o.index < below.index)
    return next((o for o in between if o.pos in ("NOUN", "PROPN", "PRON")), None)


def _reporter_above(parse: Parse, actor: Actor) -> Iterator[Actor]:
    """Yield the reporter of the clause that a participle is part of: "Lee said the club had failed, calling it …"."""
    for verb in parse.ancestors(actor.verb):
        if verb.dep == "ccomp" and parse.head(verb).lemma in tagged("reporting_verb"):
            for subject in parse.below(parse.head(verb), "nsubj"):
                if subject.index != actor.noun.index and subject.pos in NOMINAL_POS:
                    yield Actor(subject, actor.verb, "shared")
            return


def _according(parse: Parse, token: Token) -> Iterator[Actor]:
    prepositions = [token] if token.text.casefold() == "per" else parse.below(token, "prep")
    for preposition in prepositions:
        for noun in parse.below(preposition, "pobj"):
            yield Actor(noun, token, "according")


def _makers(parse: Parse, noun: Token) -> Iterator[Actor]:
    for owner in parse.below(noun, "poss", "compound"):
        apart = noun.pos != "PROPN" or owner.entity != noun.entity
        if owner.dep == "poss" or (owner.entity in ("PERSON", "ORG") and apart):
            yield Actor(owner, noun, "owner")
    for preposition in parse.below(noun, "prep"):
        if preposition.text in ("from", "by"):
            for sender in parse.below(preposition, "pobj"):
                yield Actor(sender, noun, "sender")
