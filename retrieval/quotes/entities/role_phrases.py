"""Role phrases: what an article calls a named person, before the name, behind it or in a sentence of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold, is_title

LONGEST_ROLE = 14
"""Most tokens of a role."""


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """`text` as the article states it, without an article in front; `head` is its noun, `words` its plain words."""

    text: str
    head: str
    words: frozenset[str]


def is_person_noun(token: Token) -> bool:
    """Return whether a token is a noun for people: "minister", "goalkeeper"."""
    if token.pos not in ("NOUN", "PROPN", "ADJ"):
        return False
    word = fold(token.lemma)
    return (
        word in tagged("person_noun")
        or word.split("-")[-1] in tagged("person_noun")
        or word.endswith(tuple(tagged("person_suffix")))
    )


def roles_of(parse: Parse, name: Sequence[Token]) -> Iterator[RolePhrase]:
    """Iterate over the roles that stand by one occurrence of a name."""
    before = _before(parse, name)
    if before:
        yield before
    head = name[-1]
    for apposition in parse.below(head, "appos"):
        role = _phrase(parse, apposition, without=head)
        if role:
            yield role
    for clause in parse.below(head, "relcl"):
        yield from _predicate(parse, clause)
    if head.dep == "appos":
        role = _phrase(parse, parse.head(head), without=head)
        if role:
            yield role
    if head.dep == "nsubj":
        yield from _predicate(parse, parse.head(head))


def _before(parse: Parse, name: Sequence[Token]) -> RolePhrase | None:
    """Return the role before a name: "port spokeswoman" of "port spokeswoman Ada Brook"."""
    first = name[0].index
    tokens: list[Token] = []
    while first > 0 and len(tokens) < LONGEST_ROLE:
        token = parse.tokens[first - 1]
        if token.sentence != name[0].sentence or not _may_modify(token, tokens):
            break
        tokens.insert(0, token)
        first -= 1
    while tokens and (tokens[0].pos in ("DET", "PUNCT", "PART", "NUM") or tokens[0].tag == "PRP$"):
        tokens.pop(0)
    if not tokens or fold(tokens[-1].text).rstrip(".") in tagged("courtesy_title"):
        return None
    last = tokens[-1]
    return _role(parse, tokens, last) if is_person_noun(last) or is_title(last.text) else None


def _may_modify(token: Token, behind: Sequence[Token]) -> bool:
    if token.quotation is not None or token.pos in ("DET", "SPACE"):
        return False
    if token.pos in ("NOUN", "PROPN") or token.text in ("-", "/") or token.tag == "POS":
        return True
    if not behind:
        return token.pos == "ADJ" and is_person_noun(token)
    return token.pos in ("ADJ", "NUM") or (token.text in ("&", "and") and behind[0].pos in ("NOUN", "PROPN", "ADJ"))


def _phrase(parse: Parse, head: Token, without: Token) -> RolePhrase | None:
    """Return the noun phrase of `head`, up to a relative clause or a bracket, unless it is no role."""
    if not is_person_noun(head) and not (is_title(head.text) and head.dep == "appos"):
        return None
    cut = {without.index} | {t.index for t in parse.below(head, "relcl", "acl", "appos", "advcl")}
    kept: list[Token] = []
    for token in parse.subtree(head):
        if token.index in cut or any(a.index in cut for a in parse.ancestors(token) if a.index != head.head):
            if token.index > head.index:
                break
            continue
        kept.append(token)
    kept = [t for t in kept if t.index <= head.index + LONGEST_ROLE]
    while kept and (kept[-1].pos in ("PUNCT", "SPACE", "CCONJ") or kept[-1].quotation is not None):
        kept.pop()
    while kept and (kept[0].pos in ("DET", "PUNCT", "SPACE") or kept[0].tag == "PRP$"):
        kept.pop(0)
    solid = bool(kept) and kept[0].index <= head.index <= kept[-1].index and kept[-1].index < kept[0].index + 20
    return _role(parse, kept, head) if solid else None


def _predicate(parse: Parse, verb: Token) -> Iterator[RolePhrase]:
    if verb.lemma in ("be", "become"):
        for noun in parse.below(verb, "attr"):
            role = _phrase(parse, noun, without=verb)
            if role:
                yield role


def nouns_beside(parse: Parse, name: Token) -> Iterator[Token]:
    """Iterate over the nouns that a name is called by: in apposition, as a predicate, or right before it."""
    yield from parse.below(name, "appos")
    head = parse.head(name)
    if name.dep == "appos":
        yield head
    elif name.dep == "nsubj" and head.lemma in ("be", "become", "remain"):
        yield from parse.below(head, "attr")
    for noun in parse.below(name, "compound", "nmod"):
        if noun.pos == "NOUN" and noun.index < name.index:
            yield noun


def _role(parse: Parse, tokens: Sequence[Token], head: Token) -> RolePhrase:
    words = frozenset(fold(t.lemma) for t in tokens if t.pos in ("NOUN", "PROPN", "ADJ"))
    return RolePhrase(parse.words(tokens), fold(head.lemma), words)
