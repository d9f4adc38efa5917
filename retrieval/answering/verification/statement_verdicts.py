"""The verdict on "did X say …?", from the evidence and from what the ranking found. Pure.

X's words that carry the statement, or entail it by a careful reading, make it SUPPORTED; those that say the opposite
CONTRADICTED. Likeness of meaning alone, where the ranking is sure of it, tells at most that somebody else said it, or
that X spoke of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from retrieval.answering.citations import cite
from retrieval.answering.verification.statement_evidence import StatementEvidence, Whose
from retrieval.answering.verification.statement_meaning import StatementMeaning
from retrieval.domain import Citation, Verdict
from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.pipeline import RankedCandidates
from retrieval.text.statements.comparison import Relation, compare_statement

WORDS_ALONE = StatementMeaning(None)
"""Judges by the words themselves."""
_OWN_WORDS = {Relation.SAME: Verdict.SUPPORTED, Relation.OPPOSITE: Verdict.CONTRADICTED}


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A verdict, and the citations that it rests on, best first."""

    verdict: Verdict
    first: Sequence[Citation] = ()


def judge_statement(
    query: Query,
    evidence: Collection[StatementEvidence],
    found: RankedCandidates | None,
    meaning: StatementMeaning = WORDS_ALONE,
) -> JudgedStatement:
    """Return the verdict; `found` are the ranked candidates where the ranking is sure of the first, else None."""
    for verdict, relation in ((Verdict.SUPPORTED, Relation.SAME), (Verdict.CONTRADICTED, Relation.OPPOSITE)):
        if first := _cited(evidence, relation, Whose.ASKED):
            return JudgedStatement(verdict, first)
    open_to_both = _cited(evidence, Relation.SAME, Whose.OPEN)
    others = _cited(evidence, Relation.SAME, Whose.ANOTHER)
    if others and not open_to_both:
        return JudgedStatement(Verdict.MISATTRIBUTED, others)
    if first := _cited(evidence, Relation.OTHER, Whose.ASKED):
        return JudgedStatement(Verdict.RELATED, first)
    return _by_meaning(query, found, meaning) if found else JudgedStatement(Verdict.NOT_FOUND)


def _cited(evidence: Collection[StatementEvidence], relation: Relation, whose: Whose) -> list[Citation]:
    """The citations of such evidence, quotations and reported speech before the article's own sentences."""
    fitting = [each for each in evidence if each.relation is relation and each.whose is whose]
    fitting.sort(key=lambda each: each.unit.quotation is None)
    return [each.citation for each in fitting]


def _by_meaning(query: Query, found: RankedCandidates, meaning: StatementMeaning) -> JudgedStatement:
    """X's words that say it otherwise, or the opposite; another's where they are first; else what X said of it."""
    read = meaning.read(query, found)
    if read.whose is Whose.ASKED and read.relation in _OWN_WORDS:
        return JudgedStatement(_OWN_WORDS[read.relation])
    match = compare_statement(query.statement, read.candidate.text)
    if read.whose is Whose.ANOTHER and (match is None or match.relation is Relation.SAME):
        return JudgedStatement(Verdict.MISATTRIBUTED)
    own = next(
        (
            cite(candidate.article, candidate.span, score, candidate.quotation, candidate.unit)
            for candidate, score in zip(found.candidates, found.scores, strict=True)
            if _may_be_asked(query, candidate)
        ),
        None,
    )
    return JudgedStatement(Verdict.RELATED, [own]) if own else JudgedStatement(Verdict.NOT_FOUND)


def _may_be_asked(query: Query, candidate: AnswerCandidate) -> bool:
    """Whether the question names the candidate's speaker, who may be a namesake: their words are shown, not judged."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    return speaker is not None and query.names(speaker)
