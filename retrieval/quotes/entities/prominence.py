"""Prominence: how a sentence puts the people forward whom it names."""

from enum import IntEnum

from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

PRESENTED = ("dobj", "pobj", "attr")


class Prominence(IntEnum):
    """How a sentence puts a person forward."""

    ASIDE = 0  # an object, an owner, behind a preposition
    SUBJECT = 1  # of a clause within the sentence
    TOPIC = 2  # of the sentence


def is_listed(parse: Parse, token: Token) -> bool:
    """Return whether the name is joined to another: "Lee and Park"."""
    return token.dep == "conj" or any(t.pos == "PROPN" for t in parse.below(token, "conj"))


def are_joined(parse: Parse, one: Token, other: Token) -> bool:
    """Return whether two names stand in one list; a pronoun behind "Lee and Park" may mean either."""
    return one.index != other.index and _first_of_list(parse, one).index == _first_of_list(parse, other).index


def _first_of_list(parse: Parse, token: Token) -> Token:
    while token.dep == "conj" and token.head != token.index:
        token = parse.head(token)
    return token


def is_asked_about(parse: Parse, token: Token) -> bool:
    """Return whether the name stands in what is asked: "I asked if Lee would resign", "Is Lee right?".

    A pronoun there means who is asked: "Asked if he would resign, Lee said".
    """
    if token.pos == "PRON":
        return False
    words = (t for t in reversed(parse.sentence(token.sentence)) if t.pos not in ("SPACE", "PUNCT") or t.text == "?")
    if next(words, token).text == "?" and token.quotation is None:
        return True
    for above in (token, *parse.ancestors(token)):
        if above.dep in ("ccomp", "pcomp") or above.text == "about":
            asking = parse.head(parse.head(above)) if above.dep == "pcomp" else parse.head(above)
            if asking.lemma in tagged("asking_verb"):
                return True
    return False


def is_fronted(parse: Parse, named: Token, pronoun: Token) -> bool:
    """Return whether the name stands in front of the pronoun's own clause: "Moved by Lee, he began …"."""
    if pronoun.dep not in ("nsubj", "nsubjpass") or named.index > pronoun.index or named.sentence != pronoun.sentence:
        return False
    for above in (named, *parse.ancestors(named)):
        if above.dep in ("nsubj", "nsubjpass", "poss", "ccomp", "relcl") and above.index != named.index:
            return False
        if above.head == pronoun.head:
            return named.dep not in ("nsubj", "nsubjpass", "poss")
    return False


def _is_presented(parse: Parse, token: Token) -> bool:
    """Return whether the sentence introduces somebody: "One answer came from Ann Lee, the club's founder"."""
    if token.dep not in PRESENTED or not parse.below(token, "appos"):
        return False
    verb = parse.head(parse.head(token)) if token.dep == "pobj" else parse.head(token)
    return verb.dep == "ROOT" and all(t.pos == "NOUN" for t in parse.below(verb, "nsubj", "nsubjpass"))


def prominence(parse: Parse, token: Token) -> Prominence:
    """Return how a token's sentence puts it forward; an owner ("Lee's future is …") counts as a subject."""
    owner = False
    while token.dep in ("compound", "appos", "conj", "poss") and token.head != token.index:
        owner = owner or token.dep == "poss"
        token = parse.head(token)
    if token.dep == "attr" and any(t.text in ("it", "It") for t in parse.below(parse.head(token), "nsubj")):
        return Prominence.TOPIC
    if _is_presented(parse, token):
        return Prominence.TOPIC
    if token.dep not in ("nsubj", "nsubjpass"):
        return Prominence.ASIDE
    if owner:
        return Prominence.SUBJECT
    verb = parse.head(token)
    while verb.dep == "conj" and verb.head != verb.index:
        verb = parse.head(verb)
    return Prominence.TOPIC if verb.dep == "ROOT" else Prominence.SUBJECT
