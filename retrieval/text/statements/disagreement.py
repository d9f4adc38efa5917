"""Disagreements: in what a statement and words of another wording can't say the same. Pure; no model is asked.

Where words stand in another order, or others are used, nothing tells that they say a thing; but a negation, a number, a
modal verb, a name or a direction that only one of them has tells that they don't.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from retrieval.domain import Span
from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.passages import overlapping_sentences
from retrieval.text.polarity import are_opposed
from retrieval.text.statements.inflection import lemmas, same_word
from retrieval.text.statements.terms import Term, TermKind, terms_of
from retrieval.text.tokens import Word, words


class Disagreement(StrEnum):
    """In what a statement and words differ so that the one doesn't say the other."""

    NEGATION = "negation"
    NUMBER = "number"
    MODALITY = "modality"
    NAME = "name"
    ROLES = "roles"
    DIRECTION = "direction"
    EXCHANGED = "exchanged"  # most words are the same, but not what they are said of
    REWORDED = "reworded"  # most words are the same, and what they are said of, but others differ


ALIKE = 0.5
"""Share of a statement's words in the text from which on the words themselves tell whether they say it."""
RUN = 3
"""Words in a row that are the same in both from which on the words themselves tell, too."""
TOLD_APART = 2
"""Words that a sentence must share with a statement to be taken for the one that may say it."""
NEGATED = 2
"""Words behind a negation of which one must be negated in both wordings."""
SURE_ENDING = 5
"""Letters from which on the ending of an abstract noun ends no name: "-ance" ends "France"."""
_UNSURE = frozenset({"may", "might", "can", "could"})
_SURE = frozenset({"will", "must"})
_ADVISED = frozenset({"should", "must"})
_WEAK, _STRONG = frozenset({"may", "might", "could"}), frozenset({"will", "must", "would", "should"})
_NEEDED = frozenset({"need", "needs", "needed", "ought", "got", "has", "have", "had"})
_UNCOUNTED = frozenset({"one", "first", "second", "third", "once", "twice", "half", "double"})
"""Number words that often count nothing: "one of", "at first"."""
_POINTING = frozenset({"this", "that", "these", "those", "there", "do", "does", "is"})
"""First words that don't tell what a statement is about."""
_NO_NEGATION = re.compile(r"\b(?:not|n['’]t) (?:just|only|merely|simply|least)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def disagreements(statement: str, text: str, article: str = "") -> frozenset[Disagreement]:
    """Return in what `text` can't say `statement`; names, and years, may stand elsewhere in its `article`."""
    mine, theirs = _terms(statement), _terms(text)
    nearest = _nearest_sentence(mine, text)
    near = _terms(nearest)
    alike, begins_alike = _is_nearly_said(mine, theirs) or _repeats(statement, text), _begins_alike(statement, nearest)
    found = {
        Disagreement.NEGATION: _negated_alone(mine, theirs),
        Disagreement.NUMBER: _has_other_number(mine, theirs, article),
        Disagreement.MODALITY: _is_surer_or_less(mine, near),
        Disagreement.NAME: _has_other_name(statement, f"{text} {article}"),
        Disagreement.ROLES: _are_exchanged(_names(statement), [word.key for word in words(text)]),
        Disagreement.DIRECTION: _is_opposed(mine, near),
        Disagreement.EXCHANGED: alike and not begins_alike,
        Disagreement.REWORDED: alike and begins_alike,
    }
    return frozenset(kind for kind, differs in found.items() if differs)


def _terms(text: str) -> Sequence[Term]:
    """The terms without negations that negate nothing: "not just"."""
    idle = [Span(*found.span()) for found in _NO_NEGATION.finditer(text)]
    return [
        term
        for term in terms_of(text)
        if term.kind is not TermKind.NEGATION or not any(span.overlaps(term.span) for span in idle)
    ]


def _nearest_sentence(mine: Sequence[Term], text: str) -> str:
    """The sentence that shares most words with the statement; the whole text where none shares enough."""
    sentences = [line.of(text) for line in overlapping_sentences(text, Span(0, len(text)))]
    shared = {sentence: _shared(mine, _terms(sentence)) for sentence in sentences}
    best = max(sentences, key=shared.__getitem__, default=text)
    return best if shared.get(best, 0) >= TOLD_APART else text


def _shared(mine: Sequence[Term], theirs: Sequence[Term]) -> int:
    said = [term.key for term in theirs if term.kind is TermKind.WORD]
    told = [term for term in mine if term.kind is TermKind.WORD]
    return len(told) - len(list(_unsaid(told, said)))


def _negated_alone(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether one has a negation, and the other neither one nor a verb that denies; or other things are negated."""
    if _negates(mine) and _negates(theirs):
        return not any(_negate_alike(mine, at, theirs) for at, term in enumerate(mine) if _is_negation(term))
    return (_negates(mine) and not _turns(theirs)) or (_negates(theirs) and not _turns(mine))


def _negate_alike(mine: Sequence[Term], at: int, theirs: Sequence[Term]) -> bool:
    """Whether one of the two words behind a negation of the statement stands in the other text."""
    behind = [term for term in mine[at + 1 :] if term.kind is TermKind.WORD][:NEGATED]
    return not behind or any(same_word(term.key, other.key) for term in behind for other in theirs)


def _negates(terms: Sequence[Term]) -> bool:
    return any(map(_is_negation, terms))


def _is_negation(term: Term) -> bool:
    return term.kind is TermKind.NEGATION


def _turns(terms: Sequence[Term]) -> bool:
    return _negates(terms) or any(term.key in tagged("negation", "negator") for term in terms)


def _has_other_number(mine: Sequence[Term], theirs: Sequence[Term], article: str) -> bool:
    counted = [term for term in mine if term.kind is TermKind.NUMBER and term.key not in _UNCOUNTED]
    numbers = [term for term in theirs if term.kind is TermKind.NUMBER]
    return any(
        not any(_same_number(term, other) for other in numbers)
        and not (_YEAR.fullmatch(term.key) and term.key in article)
        for term in counted
    )


def _same_number(one: Term, other: Term) -> bool:
    return one.value == other.value if one.value is not None else one.key == other.key


def _is_surer_or_less(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether the one may be and the other will be, or the one should be and the other needn't."""
    asked = {term.key for term in mine if term.kind is TermKind.MODAL}
    said = {term.key for term in theirs if term.kind is TermKind.MODAL}
    needed = any(term.key in _NEEDED for term in theirs)
    surer = bool(asked & _SURE and said & _UNSURE and not said & _SURE)
    less = bool(asked & _UNSURE and said & _SURE and not said & _UNSURE)
    certain = bool(not asked and said and said <= {"may", "might"})
    advised = bool(asked & _ADVISED and said & _UNSURE and not said & _ADVISED and not needed)
    weaker = bool(asked & _WEAK and said & _STRONG and not said & _UNSURE and not _is_guess(theirs))
    return surer or less or certain or advised or weaker


def _is_guess(terms: Sequence[Term]) -> bool:
    return any(term.key in ("probably", "perhaps", "maybe", "possibly", "likely") for term in terms)


def _has_other_name(statement: str, text: str) -> bool:
    known = {word.key for word in words(text)}
    return any(name not in known and name.removesuffix("s") not in known for name in _names(statement))


def _names(text: str) -> list[str]:
    """The words with a capital; the first of a text may have one for its place, and counts unless it is ordinary."""
    return [
        word.key
        for at, word in enumerate(words(text))
        if _is_capital(text, word) and word.key not in tagged("stopword") and (at > 0 or not _is_ordinary(word.key))
    ]


def _is_ordinary(word: str) -> bool:
    """Whether a word, or what it is a form of, stands in the lexicons, or it has a long ending of abstract nouns."""
    known = lexicon().entries
    endings = tuple(ending[1:] for ending in tagged("abstract_suffix") if len(ending[1:]) >= SURE_ENDING)
    return word in known or any(lemma in known for lemma in lemmas(word)) or word.endswith(endings)


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
    """Whether so many words are the same that the words alone would tell if they said it."""
    told = [term for term in mine if term.kind is TermKind.WORD]
    missing = list(_unsaid(told, [term.key for term in theirs if term.kind is TermKind.WORD]))
    return len(told) - len(missing) >= ALIKE * len(told)


def _begins_alike(statement: str, sentence: str) -> bool:
    """Whether what the statement is about, its first term, stands before all shared words but one at most."""
    mine, theirs = _terms(statement), _terms(sentence)
    opening = next(iter(words(statement)), None)
    if not mine or opening is None or opening.key in _POINTING:
        return False
    places = [at for at in (_place(term, theirs) for term in mine[1:]) if at is not None]
    place = _place(mine[0], theirs)
    return place is not None and sum(at < place for at in places) <= min(1, len(places) // 2)


def _place(term: Term, theirs: Sequence[Term]) -> int | None:
    """The place of the first term that is the same word or number, or a pronoun for a pronoun."""
    return next((at for at, other in enumerate(theirs) if _is_same(term, other)), None)


def _is_same(one: Term, other: Term) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is TermKind.PRONOUN:
        return (one.key == "it") == (other.key == "it")
    return _same_number(one, other) if one.kind is TermKind.NUMBER else same_word(one.key, other.key)


def _repeats(statement: str, text: str) -> bool:
    """Whether so many words of both stand in a row that the rest of the statement would do so too."""
    mine, theirs = [word.key for word in words(statement)], [word.key for word in words(text)]
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    repeated = (mine[at : at + RUN] for at in range(len(mine) - RUN + 1) if tuple(mine[at : at + RUN]) in runs)
    return any(word not in tagged("stopword", "modal") for run in repeated for word in run)


def _unsaid(mine: Sequence[Term], said: Collection[str]) -> Iterator[Term]:
    return (
        term for term in mine if term.kind is TermKind.WORD and not any(same_word(term.key, other) for other in said)
    )
