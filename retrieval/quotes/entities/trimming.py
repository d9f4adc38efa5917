"""Cuts a run of tokens down to the proper name in it: roles, articles and punctuation off."""

from retrieval.quotes.syntax.parse import Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import fold, is_title

MARKS = frozenset(("-", "’s", "'s", "‘s", "‘", "’", "'"))


def trim(tokens: list[Token]) -> list[Token]:
    """Without roles and titles in front, articles, genitives and punctuation."""

    def outside(token: Token) -> bool:
        return token.pos in ("DET", "PUNCT", "PART", "SPACE", "CCONJ", "ADP") or token.text in MARKS

    while tokens and (outside(tokens[-1]) or _is_compound(tokens)):
        tokens = tokens[:-1]
    while tokens and outside(tokens[0]):
        tokens = tokens[1:]
    roles = (i for i, t in enumerate(tokens[:-1]) if is_role(t) and _goes_on(tokens[i + 1]))
    last_role = max(roles, default=-1)
    kept = tokens[last_role + 1 :]
    return kept if kept and not (last_role >= 0 and kept[-1].lemma in tagged("organisation_noun")) else tokens


def _is_compound(tokens: list[Token]) -> bool:
    """ "Oslo-based": the name is Oslo."""
    return len(tokens) > 2 and tokens[-2].text == "-" and tokens[-1].pos == "VERB" and tokens[-1].text.islower()


def _goes_on(token: Token) -> bool:
    """Whether a name may begin here behind a title: not "Jr" of a surname that is a title too."""
    return token.text[:1].isupper() and fold(token.text).rstrip(".") not in tagged("name_suffix")


def person_only(tokens: list[Token]) -> list[Token]:
    """Of what was taken for a person's name the last run of capital words: without "rugby" before and "mom" behind."""
    solid = [t.text[:1].isupper() or fold(t.text) in tagged("name_particle") or t.text == "-" for t in tokens]
    end = len(tokens)
    while end and not solid[end - 1]:
        end -= 1
    start = end
    while start and solid[start - 1]:
        start -= 1
    kept = tokens[start:end]
    while kept and kept[-1].pos in ("PUNCT", "PART"):
        kept = kept[:-1]
    return kept


def is_role(token: Token) -> bool:
    word = fold(token.text).rstrip(".")
    return (word in tagged("person_noun") or is_title(word)) and word not in ("st", "first", "foreign")
