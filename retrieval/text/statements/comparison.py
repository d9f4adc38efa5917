"""Statements: whether words say what a statement says, word by word, or its opposite. Pure; no model is asked.

The comparison is strict: the words of the statement must stand in one stretch of the text, in their order, with the
same negations, numbers and modal verbs. Only inflection, spelling, articles, forms of "be", "have" and "do", and the
person of pronouns may differ. What it can't tell is UNTOLD.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.domain import Span
from retrieval.text.lexicon import inflected, tagged
from retrieval.text.polarity import are_opposed
from retrieval.text.statements.inflection import same_word
from retrieval.text.statements.terms import Term, TermKind, terms_of
from retrieval.text.tokens import words


class Relation(StrEnum):
    """How words relate to a statement."""

    SAME = "same"
    OPPOSITE = "opposite"  # they say it negated, with an antonym, or with another number
    OTHER = "other"  # the same words, but as a condition, a question, a wish, or with another modal verb
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class StatementMatch:
    """Where a statement's words stand in a text, as offsets, and what they say there."""

    relation: Relation
    span: Span


FEWEST_TERMS = 2
"""Terms that a statement must have to be compared at all."""
FEW_TERMS = 4
"""A statement of fewer terms must fill its clause to be said: "people died" isn't "people died before"."""
MOST_EXTRAS = 2
"""Words of the text that the opposite of a statement may have besides."""

_PEOPLE_DENIED = frozenset({"nobody", "none", "noone"})
_BACKSHIFTED = {("will", "would"), ("can", "could"), ("may", "might")}
"""Modal verbs as they were said, and as a question may put them."""
_TOLD_AS = {"i": {"i", "he", "she"}, "we": {"we", "they"}, "you": {"you", "they", "we"}}
"""Pronouns as they were said, and as a question may put them."""
_CLAUSE_END = re.compile(r"[.,;:!?…()\[\]—–]|\s-+\s|\n")
_SENTENCE_END = re.compile(r"[.!?…]|\n\s*\n")
_FREE_CLAUSE = re.compile(r"[.!?…;]|\n\s*\n|, but\b")
"""Behind it nothing depends on what stands before."""
_CLAUSE_BESIDE = re.compile(r";|, (?:and|but)\b", re.IGNORECASE)
"""Begins a clause on whose conditions nothing before it depends."""
_FIRST_PERSON = frozenset({"i", "we"})
_CONDITIONS_BEHIND = frozenset({"if", "unless", "provided", "until", "or"})


def compare_statement(statement: str, text: str, *, reported: bool = False) -> StatementMatch | None:
    """Return the best match of a statement in a text, SAME before OPPOSITE before OTHER; None where it isn't told.

    In `reported` speech "would" may stand for "will".
    """
    mine = terms_of(statement)
    if len(mine) < FEWEST_TERMS:
        return None
    theirs = terms_of(text)
    if reported:
        mine, theirs = _as_reported(mine), _as_reported(theirs)
    found = [match for start in range(len(theirs)) if (match := _match(mine, theirs, start, text))]
    order = list(Relation)
    return min(found, key=lambda match: order.index(match.relation), default=None)


def terms_in_order(statement: str, text: str) -> Span | None:
    """Return the span of a text in which all terms of a statement stand, in order; None where they don't."""
    mine, theirs = terms_of(statement), terms_of(text)
    at, first = 0, 0
    for term in theirs:
        if at < len(mine) and _fits(mine[at], term):
            first = first if at else term.span.start
            at += 1
            if at == len(mine):
                return Span(first, term.span.end)
    return None


def _as_reported(terms: Sequence[Term]) -> list[Term]:
    shifted = dict(_BACKSHIFTED)
    return [replace(t, key=shifted.get(t.key, t.key)) if t.kind is TermKind.MODAL else t for t in terms]


def _match(mine: Sequence[Term], theirs: Sequence[Term], start: int, text: str) -> StatementMatch | None:
    walked = _walk(mine, theirs, start)
    if walked is None:
        return None
    stop, differences, extras = walked
    span = Span(theirs[start].span.start, theirs[stop - 1].span.end)
    turned = [kind for kind in differences if kind is not TermKind.MODAL]
    if TermKind.MODAL in differences or len(turned) > 1:
        return StatementMatch(Relation.OTHER, span)
    if turned:
        return StatementMatch(Relation.OTHER if _supposed(span, text) else Relation.OPPOSITE, span)
    if extras:
        return None
    if not _is_whole_clause(mine, span, text):
        return None
    return StatementMatch(Relation.OTHER if _supposed(span, text) else Relation.SAME, span)


def _walk(mine: Sequence[Term], theirs: Sequence[Term], start: int) -> tuple[int, list[TermKind], int] | None:
    """Where the terms end, by what they differ, and how many terms of the text are passed over."""
    if not (_fits(mine[0], theirs[start]) or _differs(mine[0], theirs[start]) or _negates(mine[0], theirs[start])):
        return None
    at, other, extras = 0, start, 0
    differences: list[TermKind] = []
    while at < len(mine):
        here = theirs[other] if other < len(theirs) else None
        if here is not None and _fits(mine[at], here):
            at, other = at + 1, other + 1
        elif here is not None and _negates(mine[at], here):
            differences.append(TermKind.NEGATION)
            at, other = at + 1, other + 1
        elif here is not None and (kind := _differs(mine[at], here)):
            differences.append(kind)
            at, other = at + 1, other + 1
        elif here is not None and here.kind in (TermKind.NEGATION, TermKind.MODAL) and at:
            differences.append(here.kind)
            other += 1
        elif mine[at].kind in (TermKind.NEGATION, TermKind.MODAL) and at:
            differences.append(mine[at].kind)
            at += 1
        elif here is not None and at and extras < MOST_EXTRAS:
            extras, other = extras + 1, other + 1
        else:
            return None
    return other, differences, extras


def _fits(asked: Term, said: Term) -> bool:
    if asked.kind is not said.kind:
        return False
    match asked.kind:
        case TermKind.NUMBER:
            return asked.value == said.value and (asked.value is not None or asked.key == said.key)
        case TermKind.MODAL:
            return asked.key == said.key or (said.key, asked.key) in _BACKSHIFTED
        case TermKind.PRONOUN:
            return asked.key == said.key or asked.key in _TOLD_AS.get(said.key, ())
        case TermKind.NEGATION:
            return (asked.key in _PEOPLE_DENIED) == (said.key in _PEOPLE_DENIED)
        case TermKind.WORD:
            return same_word(asked.key, said.key)


def _negates(asked: Term, said: Term) -> bool:
    """Whether one is "nobody" where the other is "people"."""
    return any(
        one.kind is TermKind.NEGATION and one.key in _PEOPLE_DENIED and other.key in tagged("indefinite_person")
        for one, other in ((asked, said), (said, asked))
    )


def _differs(asked: Term, said: Term) -> TermKind | None:
    if asked.kind is said.kind is TermKind.NUMBER:
        return TermKind.NUMBER
    if asked.kind is said.kind is TermKind.MODAL:
        return TermKind.MODAL
    return TermKind.WORD if asked.kind is said.kind is TermKind.WORD and are_opposed(asked.key, said.key) else None


def _is_whole_clause(mine: Sequence[Term], span: Span, text: str) -> bool:
    """Whether the span begins with its clause, and ends with it or, of a long statement, before an addition."""
    before = text[: span.start]
    ends = [end.end() for end in _CLAUSE_END.finditer(before)]
    opening = [word.key for word in words(before[ends[-1] if ends else 0 :])]
    openers = [at for at, word in enumerate(opening) if _opens_clause(opening, at)]
    if any(
        word not in tagged("statement_filler", "clause_filler") for word in opening[openers[-1] + 1 if openers else 0 :]
    ):
        return False
    ending = _CLAUSE_END.search(text, span.end)
    rest = [word.key for word in words(text[span.end : ending.start() if ending else len(text)])]
    allowed = tagged("clause_closer") if len(mine) < FEW_TERMS else tagged("clause_closer", "clause_addition")
    return not rest or rest[0] in allowed or all(word in tagged("statement_filler") for word in rest)


def _opens_clause(before: Sequence[str], at: int) -> bool:
    if before[at] == "that":
        return at == 0 or before[at - 1] in tagged("vouching_word")
    return before[at] in tagged("clause_opener") or _is_own(before, at)


def _supposed(span: Span, text: str) -> bool:
    """Whether the sentence around the span keeps it from being said as a fact by the speaker."""
    starts = [end.end() for end in _FREE_CLAUSE.finditer(text, 0, span.start)]
    start = starts[-1] if starts else 0
    ending = _SENTENCE_END.search(text, span.end)
    stop = ending.start() if ending else len(text)
    if ending and ending.group() == "?":
        return True
    before = [word.key for word in words(text[start : span.start])]
    after = [word.key for word in words(text[span.end : stop])]
    if _is_open(text[start : span.start]) or any(w in tagged("supposing_word") or _is_negative(w) for w in before):
        return True
    if any(word in _told_by_others() and not _is_own(before, at) for at, word in enumerate(before)):
        return True
    if after and after[0] in _CONDITIONS_BEHIND:
        return True
    beside = _CLAUSE_BESIDE.search(text, span.end, stop)
    conditions = words(text[span.end : beside.start() if beside else stop])
    return any(word.key in ("if", "unless") for word in conditions) or _attributed(after)


def _attributed(after: Sequence[str]) -> bool:
    """Whether somebody else is named as saying it: "…, they say"."""
    return 0 < len(after) <= 5 and any(
        word in _told_by_others() and not _is_own(after, at) for at, word in enumerate(after)
    )


def _is_own(before: Sequence[str], at: int) -> bool:
    return before[at] in tagged("own_thought") and any(word in _FIRST_PERSON for word in before[max(0, at - 2) : at])


def _is_open(before: str) -> bool:
    """Whether a quotation mark stands open there: the words are somebody else's."""
    marks = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return marks or before.count("‘") > len(re.findall(r"’(?!\w)", before))


def _is_negative(word: str) -> bool:
    return word in tagged("negator", "joined_negation")


def _told_by_others() -> frozenset[str]:
    return inflected("reporting_verb", "indirect_speech_verb")
