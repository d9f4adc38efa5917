"""Terms of a statement: the words that count, with negations, numbers and modal verbs told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import Span
from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import tagged
from retrieval.text.numbers import numbers
from retrieval.text.tokens import Word, words

_SAME_MODAL = {"shall": "will", "ll": "will", "d": "would", "ought": "should"}
_SUBJECTS = ("i", "we", "you", "he", "she", "it", "they")
_OBJECTS = {"me": "i", "us": "we", "him": "he", "them": "they"}
_CONTRACTED = {"wont": "will", "cant": "can", "shant": "shall", "cannot": "can", "aint": "is"}
_APOSTROPHE = re.compile(r"['’ʼ]")


class TermKind(StrEnum):
    """What a term of a statement counts as."""

    WORD = "word"
    NEGATION = "negation"
    NUMBER = "number"
    MODAL = "modal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Term:
    """One word that counts; `value` is set for numbers that have one: "hundreds" has none."""

    kind: TermKind
    key: str
    span: Span
    value: float | None = None


@cached_by_text(4096, 2000)
def terms_of(text: str) -> Sequence[Term]:
    """Return the terms of a text in order; contractions count as their two words."""
    every = [word for found in words(text) for word in _parts(text, found)]
    values = {number.start: number for number in numbers([word.key for word in every])}
    terms: list[Term] = []
    at = 0
    while at < len(every):
        if number := values.get(at):
            span = Span(every[at].span.start, every[number.stop - 1].span.end)
            terms.append(Term(TermKind.NUMBER, every[at].key, span, number.value))
            at = number.stop
            continue
        terms.extend(_term(every[at]))
        at += 1
    return _without_percent_twins(terms)


def _without_percent_twins(terms: Sequence[Term]) -> list[Term]:
    """Leave out "per cent": the sign for it is no word."""
    kept: list[Term] = []
    for term in terms:
        if term.key == "per" or (term.key in ("percent", "cent") and kept and kept[-1].kind is TermKind.NUMBER):
            continue
        kept.append(term)
    return kept


def _term(word: Word) -> Iterator[Term]:
    if word.key in tagged("negator"):
        yield Term(TermKind.NEGATION, word.key, word.span)
    elif word.key in tagged("number_word", "number_part"):
        yield Term(TermKind.NUMBER, word.key, word.span)
    elif word.key in tagged("modal") or word.key in _SAME_MODAL:
        yield Term(TermKind.MODAL, _SAME_MODAL.get(word.key, word.key), word.span)
    elif word.key in _SUBJECTS or word.key in _OBJECTS:
        yield Term(TermKind.PRONOUN, _OBJECTS.get(word.key, word.key), word.span)
    elif word.key not in tagged("statement_filler"):
        yield Term(TermKind.WORD, word.key, word.span)


def _parts(text: str, word: Word) -> Iterator[Word]:
    """A contraction as its two words; "n't" is "not"."""
    written = _APOSTROPHE.split(word.span.of(text).lower())
    if word.key in tagged("joined_negation") or (len(written) == 2 and written[1] == "t" and written[0].endswith("n")):
        verb = _CONTRACTED.get(word.key, word.key.removesuffix("nt"))
        yield Word(verb, word.span)
        yield Word("not", word.span)
    elif len(written) == 2 and written[1] in ("s", "re", "ve", "d", "ll", "m"):
        yield Word(word.key.removesuffix(written[1]), word.span)
        if written[1] in ("d", "ll"):
            yield Word(written[1], word.span)
    else:
        yield word
