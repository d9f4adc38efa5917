"""Disagreements: in what a statement and words of another wording can't say the same. Pure; no model is asked.

Where words stand in another order, or others are used, nothing tells that they say a thing; but a negation, a number, a
modal verb, a name or a direction that only one of them has tells that they don't.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from retrieval.text.lexicon import tagged
from retrieval.text.polarity import are_opposed
from retrieval.text.statements.inflection import same_word
from retrieval.text.statements.terms import Term, TermKind, terms_of
from retrieval.text.tokens import Word, words

ALIKE = 0.6
"""Share of a statement's terms in the text from which on a word that isn't there is no other wording of it."""


class Disagreement(StrEnum):
    """In what a statement and words differ so that the one doesn't say the other."""

    NEGATION = "negation"
    NUMBER = "number"
    MODALITY = "modality"
    NAME = "name"
    ROLES = "roles"
    DIRECTION = "direction"
    EXCHANGED = "exchanged"  # nearly all words are the same, and one is another


_UNSURE = frozenset({"may", "might", "can", "could"})
_SURE = frozenset({"will", "must"})
_ADVISED = frozenset({"should", "must"})
_COUNTED = frozenset({"one", "first", "second", "once", "half", "double", "quarter", "third"})
"""Number words that often count nothing: "one of", "at first"."""


def disagreements(statement: str, text: str, surroundings: str = "") -> frozenset[Disagreement]:
    """Return in what `text` can't say `statement`; `surroundings` are words about the text in which names may stand."""
    mine, theirs = terms_of(statement), terms_of(text)
    found = {
        Disagreement.NEGATION: _negated_alone(mine, theirs),
        Disagreement.NUMBER: _has_other_number(mine, theirs),
        Disagreement.MODALITY: _is_surer_or_less(mine, theirs),
        Disagreement.NAME: _has_other_name(statement, f"{text} {surroundings}"),
        Disagreement.ROLES: _are_exchanged(_names(statement), [word.key for word in words(text)]),
        Disagreement.DIRECTION: _is_opposed(mine, theirs),
        Disagreement.EXCHANGED: _is_nearly_said(mine, theirs),
    }
    return frozenset(kind for kind, differs in found.items() if differs)


def negations(terms: Sequence[Term]) -> int:
    """Return how many terms negate."""
    return sum(term.kind is TermKind.NEGATION for term in terms)


def _negated_alone(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether one has a negation, and the other neither one nor a verb that denies."""
    return (negations(mine) > 0 and not _turns(theirs)) or (negations(theirs) > 0 and not _turns(mine))


def _turns(terms: Sequence[Term]) -> bool:
    turning = tagged("negation", "negator")
    return any(term.kind is TermKind.NEGATION or term.key in turning for term in terms)


def _has_other_number(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    counted = [term for term in mine if term.kind is TermKind.NUMBER and term.key not in _COUNTED]
    numbers = [term for term in theirs if term.kind is TermKind.NUMBER]
    return any(not any(_same_number(term, other) for other in numbers) for term in counted)


def _same_number(one: Term, other: Term) -> bool:
    return one.value == other.value if one.value is not None else one.key == other.key


def _is_surer_or_less(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether one may be and the other will be, or the one should be and the other needn't."""
    asked = {term.key for term in mine if term.kind is TermKind.MODAL}
    said = {term.key for term in theirs if term.kind is TermKind.MODAL}
    surer = bool(asked & _SURE and said & _UNSURE and not said & _SURE)
    less = bool(asked & _UNSURE and said & _SURE and not said & _UNSURE)
    certain = bool(not asked and said and said <= {"may", "might"})
    advised = bool(asked & _ADVISED and said and not said & _ADVISED and said & _UNSURE)
    return surer or less or certain or advised


def _has_other_name(statement: str, text: str) -> bool:
    known = {word.key for word in words(text)}
    return any(name not in known and name.removesuffix("s") not in known for name in _names(statement))


def _names(text: str) -> list[str]:
    """The words with a capital, but not the first of a text that has one for its place."""
    return [
        word.key
        for at, word in enumerate(words(text))
        if _is_capital(text, word) and at > 0 and word.key not in tagged("stopword")
    ]


def _is_capital(text: str, word: Word) -> bool:
    written = word.span.of(text)
    return written[:1].isupper() and len(written) > 1


def _are_exchanged(named: Sequence[str], said: Sequence[str]) -> bool:
    """Whether two names stand in the other order."""
    places = [said.index(name) for name in dict.fromkeys(named) if name in said]
    return len(places) > 1 and places != sorted(places)


def _is_opposed(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    said = [term.key for term in theirs if term.kind is TermKind.WORD]
    return any(are_opposed(term.key, other) for term in _unsaid(mine, said) for other in said)


def _is_nearly_said(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    told = [term for term in mine if term.kind is TermKind.WORD]
    missing = list(_unsaid(told, [term.key for term in theirs if term.kind is TermKind.WORD]))
    return bool(missing) and len(told) - len(missing) >= ALIKE * len(told)


def _unsaid(mine: Sequence[Term], said: Collection[str]) -> Iterator[Term]:
    return (
        term for term in mine if term.kind is TermKind.WORD and not any(same_word(term.key, other) for other in said)
    )
