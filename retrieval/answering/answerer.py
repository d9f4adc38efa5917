"""From a question to the citations that answer it, or to a decline with what comes nearest."""

import logging
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.answering.near_names import meant_instead
from retrieval.answering.questions.understanding import statement_query, understand
from retrieval.answering.verification.statement_evidence import EvidenceSearch
from retrieval.answering.verification.statement_meaning import StatementMeaning, StatementReader
from retrieval.answering.verification.statement_verdicts import JudgedStatement, judge_statement
from retrieval.domain import Answer, Citation, Filters, NearMiss, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.question_encoder import is_bundled, question_encoder
from retrieval.query import Query, QueryKind
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.decline_reasons import decline_reason
from retrieval.ranking.pipeline import CandidateRanking, RankedCandidates, Reranker
from retrieval.ranking.ranker import AnswerRankers
from retrieval.ranking.registry import HandSetValue
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.timing import timed

log = logging.getLogger(__name__)

LOOKED_INTO = 12
"""Candidates that are read for the words of a statement, beside those that the search by wording finds."""
NEAR_MISSES = 3
"""Near misses that a declined question comes with."""
WITH_DUPLICATES = 4
"""How many times as many citations are looked at as are given, since near-duplicates are folded into one."""
PARAPHRASE_THRESHOLD = HandSetValue(
    "paraphrase threshold",
    "Least likeness of the first candidate for the words looked for to be another wording of it.",
    0.62,
    "cosine, with the margin bonus",
    "by hand, together with the margin bonus",
)


class Answerer:
    """Answers from one archive. As thread-safe as its collaborators.

    `encoder` is the one that embeds the archive. `boldness`, 0..1, is how unsure an answer may be: 0.5 was best on the
    questions that the rankers were fitted on.
    """

    def __init__(  # noqa: PLR0913  the collaborators of the main path
        self,
        archive: Archive,
        engine: SearchEngine,
        encoder: Encoder,
        reranker: Reranker | None = None,
        boldness: float = 0.5,
        *,
        statements: StatementReader | None = None,
        rankers: AnswerRankers | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        """Without `reranker` no cross-encoder is used, without `statements` no paraphrase is judged.

        `rankers` are the fitted ones unless others are given.
        """
        rankers = rankers or AnswerRankers.load(is_bundled(encoder))
        self.ranking = CandidateRanking(archive, engine, question_encoder(encoder), reranker, rankers)
        self._archive = archive
        self._duplicates = NearDuplicates(archive)
        self._evidence = EvidenceSearch(archive, engine)
        self._meaning = StatementMeaning(statements)
        self._boldness = boldness
        self.today = today

    def answer(self, question: str, filters: Filters | None = None, limit: int = 5) -> Answer:
        """Return the answer to a question as a person asks it; see `answer_query`."""
        return self.answer_query(understand(question, self.today()), filters, limit)

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        """Return at most `limit` citations, best first, of what `filters` lets through.

        Where the archive doesn't say, the answer has near misses instead.
        """
        filters = filters or Filters()
        meant = meant_instead(query, self._archive, filters.owners)
        if meant and query.speaker:
            asked = query if meant.matches else query.asked_of(meant.name, instead_of=query.speaker)
            return replace(self._answer(asked, filters, limit), question=query.text, did_you_mean=meant.name)
        return self._answer(query, filters, limit)

    def _answer(self, query: Query, filters: Filters, limit: int) -> Answer:
        with timed(log, "ranked the candidates of a question") as facts:
            found = self.ranking.rank(query, filters)
            facts["candidates"] = len(found.candidates) if found else 0
        sure = found is not None and found.confidence >= self.ranking.ranker.least_confidence(self._boldness)
        judged = self._judged(query, found, filters, sure=sure)
        verdict = judged.verdict if judged else None
        confidence = found.confidence if found else 0.0
        if found is None or verdict is Verdict.NOT_FOUND or not (sure or judged):
            near_misses = self._duplicates.fold_misses(_near_misses(query, found), filters)
            return Answer(query.text, confidence, near_misses=near_misses, verdict=verdict)
        citations = [*(judged.first if judged else ()), *_citations(found, limit)]
        return Answer(query.text, confidence, self._duplicates.fold(citations, filters)[:limit], verdict=verdict)

    def _judged(
        self, query: Query, found: RankedCandidates | None, filters: Filters, *, sure: bool
    ) -> JudgedStatement | None:
        """The verdict on "did X say …?" with what is cited first; None for other questions."""
        if query.kind is not QueryKind.DID_SAY:
            return None
        if found is None:
            return JudgedStatement(Verdict.NOT_FOUND)
        evidence = self._evidence.find(query, found.candidates[:LOOKED_INTO], filters)
        return judge_statement(query, evidence, found if sure else None, self._meaning)

    def paraphrases(self, words: str, filters: Filters | None = None, limit: int = 5) -> Sequence[Citation]:
        """Return what says most nearly the same as `words`, best first; none if nothing comes near."""
        filters = filters or Filters()
        found = self.ranking.rank(statement_query(words), filters)
        if found is None or found.likeness < PARAPHRASE_THRESHOLD.value:
            return []
        return self._duplicates.fold(_citations(found, limit), filters)[:limit]

    def as_bold_as(self, boldness: float) -> "Answerer":
        """Return the same answerer with another boldness, 0..1."""
        other = copy(self)
        other._boldness = boldness
        return other


def _near_misses(query: Query, found: RankedCandidates | None) -> list[NearMiss]:
    if found is None:
        return []
    nearest = zip(found.candidates[:NEAR_MISSES], found.scores, strict=False)
    return [NearMiss(_cited(c, score), decline_reason(query, c, found.weights)) for c, score in nearest]


def _citations(found: RankedCandidates, limit: int) -> list[Citation]:
    """More than `limit`, since some may be near-duplicates of others."""
    ranked = zip(found.candidates, found.scores, strict=True)
    return [_cited(candidate, score) for candidate, score in islice(ranked, WITH_DUPLICATES * limit)]


def _cited(candidate: AnswerCandidate, score: float) -> Citation:
    return cite(candidate.article, candidate.span, score, candidate.quotation, candidate.unit)
