"""Cues of indirect speech: reporting verbs, "according to", and nouns such as "X's claim", with who reports."""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.quotes.syntax.clauses import SUBJECT_DEPS, Actor, actor_of
from retrieval.quotes.syntax.parse import LONGEST_SENTENCE, Parse, Token
from retrieval.text.lexicon import tagged

TIME_ENTITIES = ("DATE", "TIME")  # no reporters: "Wednesday added one more surprise"
MAX_TOKENS_TO_NAME = 8
"""Tokens before a verb among which its subject is looked for where the parse gives none."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word (`token`) and who reports (`actor`).

    `first` and `last` are token indices: they bound the word together with the phrase beside it that names who reports.
    """

    token: Token
    actor: Actor
    first: int
    last: int


def find_cues(parse: Parse) -> Iterator[Cue]:
    """Yield the cues outside quotations, in order.

    Denials, and what was not said, may be said or would be said, are left out: beside a name they would misreport. So
    are sentences that were cut, whose clauses can't be told apart.
    """
    for token in parse.tokens:
        if token.quotation is not None or parse.length(token.sentence) >= LONGEST_SENTENCE:
            continue
        if token.text.casefold() == "according":
            yield from _according(parse, token)
        elif token.pos in ("VERB", "AUX") and token.lemma in tagged("indirect_speech_verb", "appeal_verb"):
            yield from _verb(parse, token)
        elif token.pos == "NOUN" and token.lemma in tagged("claim_noun"):
            yield from _noun(parse, token)


def _verb(parse: Parse, verb: Token) -> Iterator[Cue]:
    actor = _between(parse, verb) or actor_of(parse, verb) or _above(parse, verb) or _beside(parse, verb)
    if actor is None or actor.passive or actor.noun.quotation is not None or actor.noun.entity in TIME_ENTITIES:
        return
    if _is_unreal(parse, verb):
        return
    actor = _outer(parse, actor)
    phrase = [verb.index]
    if actor.way in ("subject", "inverted"):
        phrase += [t.index for t in parse.subtree(actor.noun) if t.sentence == verb.sentence]
    yield Cue(verb, actor, min(phrase), max(phrase) if actor.noun.index > verb.index else verb.index)


def _between(parse: Parse, verb: Token) -> Actor | None:
    """Return the last of several subjects behind a comma: "she" of "The noise that they make, she said"."""
    subjects = [t for t in parse.below(verb, "nsubj") if t.index < verb.index]
    if len(subjects) < 2 or subjects[-1].quotation is not None:
        return None
    first = parse.subtree(subjects[-1])[0].index
    return Actor(subjects[-1], verb, "subject") if parse.text_at(first - 1) == "," else None


def _is_unreal(parse: Parse, verb: Token) -> bool:
    """Return whether a verb tells of no speech that took place: negated, modal, conditional, an infinitive."""
    below = [t for t in parse.below(verb) if t.index < verb.index]
    helpers = {t.lemma for t in below if t.dep == "aux"}
    if verb.tag == "VBN" and not helpers & {"have", "'ve", "’ve", "'s", "’s"}:
        return True
    to = any(t.tag == "TO" for t in below)
    if verb.tag == "VB" and not to and "do" not in helpers and not _is_stated(parse, verb):
        return True
    conditions = any(t.dep == "mark" and t.text.casefold() in tagged("conditional_conjunction") for t in below)
    above = parse.head(verb)
    # "went on to say", "rang to say"
    done = above.lemma in tagged("continuation_verb") or (verb.dep == "advcl" and above.tag == "VBD")
    return any(t.dep == "neg" for t in below) or bool(helpers & tagged("modal")) or conditions or (to and not done)


def _is_stated(parse: Parse, verb: Token) -> bool:
    """Return whether a verb tagged as an infinitive has a subject and nothing above it: "Companies that … say"."""
    return verb.dep == "ROOT" and bool(parse.below(verb, "nsubj")) and not parse.below(verb, "aux")


def _outer(parse: Parse, actor: Actor) -> Actor:
    """Return the outer actor of a verb that shares its subject, or whose subject is a document.

    "Lee said she was sorry and promised to pay" has Lee, "The club issued a statement saying …" has the club.
    """
    above = parse.head(actor.noun)
    if actor.way == "noun" and actor.noun.dep == "dobj":
        return next((Actor(s, actor.verb, "shared") for s in parse.below(above, *SUBJECT_DEPS)), actor)
    outer = parse.head(above)
    shares = actor.way == "shared" and actor.verb.dep == "conj" and actor.verb.head == above.index
    if (
        shares
        and above.dep == "ccomp"
        and outer.lemma in tagged("indirect_speech_verb")
        and outer.tag == actor.verb.tag
    ):
        return actor_of(parse, outer) or actor
    return actor


def _above(parse: Parse, verb: Token) -> Actor | None:
    """Return the subject of a clause above, for a verb behind a preposition: "In addition to saying that …, she …"."""
    if verb.dep == "pcomp":
        for above in parse.ancestors(verb):
            for subject in parse.below(above, *SUBJECT_DEPS):
                return Actor(subject, verb, "shared")
    return None


def _beside(parse: Parse, verb: Token) -> Actor | None:
    """Return the nearest name to the left of a verb that the parse gives no subject."""
    for subject in parse.below(verb, *SUBJECT_DEPS):
        if subject.text[:1].isupper():
            return Actor(subject, verb, "subject")
    if verb.dep not in ("ROOT", "conj", "ccomp", "relcl", "parataxis") or verb.tag not in ("VBD", "VBZ", "VBP"):
        return None
    for token in reversed(parse.tokens[max(0, verb.index - MAX_TOKENS_TO_NAME) : verb.index]):
        if token.sentence != verb.sentence or token.quotation is not None or token.pos in ("VERB", "SCONJ"):
            return None
        if token.pos in ("PROPN", "PRON") and token.dep != "nummod":
            return Actor(token, verb, "shared")
    return None


def _according(parse: Parse, token: Token) -> Iterator[Cue]:
    for to in parse.below(token, "prep"):
        for noun in parse.below(to, "pobj"):
            yield Cue(token, Actor(noun, token, "according"), token.index, parse.subtree(noun)[-1].index)


def _noun(parse: Parse, noun: Token) -> Iterator[Cue]:
    for owner in parse.below(noun, "poss"):
        yield Cue(noun, Actor(owner, noun, "owner"), parse.subtree(owner)[0].index, noun.index)
    maker = parse.head(noun)
    if noun.dep == "dobj" and maker.lemma in tagged("making_verb"):
        for subject in parse.below(maker, *SUBJECT_DEPS):
            yield Cue(noun, Actor(subject, noun, "shared"), noun.index, noun.index)
    for by in parse.below(noun, "prep"):
        for sender in parse.below(by, "pobj") if by.text in ("by", "from", "of") else ():
            yield Cue(noun, Actor(sender, noun, "sender"), noun.index, parse.subtree(sender)[-1].index)
