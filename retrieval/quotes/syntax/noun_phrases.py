"""The noun phrase of a head, without the clauses and appositions that hang on it."""

from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged


def noun_phrase(parse: Parse, head: Token) -> list[Token]:
    """Return the head with what stands before it, and "of …", "for …" behind it; no clauses or appositions."""
    if head.index not in parse.phrases:
        parse.phrases[head.index] = _noun_phrase(parse, head)
    return parse.phrases[head.index]


def _noun_phrase(parse: Parse, head: Token) -> list[Token]:
    left = [t for t in parse.subtree(head) if t.index <= head.index and t.sentence == head.sentence]
    kept = {head.index}
    for token in reversed(left[:-1]):
        if token.index + 1 not in kept or (token.pos in ("PUNCT", "SPACE") and token.text != "-"):
            break
        kept.add(token.index)
    last = head.index
    for child in parse.below(head, "prep", "conj", "cc"):
        if child.index == last + 1 and child.text.casefold() in tagged("phrase_preposition"):
            inside = [t for t in parse.subtree(child) if not _in_clause(parse, t, child)]
            run = [t.index for t in inside if t.quotation is None]
            while last + 1 in run:
                last += 1
                kept.add(last)
    phrase = [parse.tokens[i] for i in sorted(kept)]
    while len(phrase) > 1 and phrase[-1].pos in ("PUNCT", "CCONJ", "ADP", "SPACE"):
        phrase.pop()
    return phrase


def _in_clause(parse: Parse, token: Token, top: Token) -> bool:
    while token.index != top.index:
        if token.dep in ("relcl", "acl", "appos", "advcl", "parataxis", "ccomp") or token.text in (",", "(", "—", "–"):
            return True
        token = parse.head(token)
    return False
