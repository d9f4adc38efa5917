"""From a query to ranked candidates: gather, order by the fitted model and the boosts, read by the cross-encoder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.domain import Filters
from retrieval.embedding.reranker import RerankPassage
from retrieval.query import Query
from retrieval.ranking.boosts import boosts, confidence_boost, prefer_quotations
from retrieval.ranking.candidates import NARROW, WIDE, AnswerCandidate, gather_candidates, rerank_passage
from retrieval.ranking.confidence_features import LARGEST_LEAD, confidence_row
from retrieval.ranking.features import CROSS_ENCODER, feature_matrix
from retrieval.ranking.ranker import AnswerRanker, AnswerRankers
from retrieval.ranking.registry import FeatureMatrix, HandSetValue
from retrieval.ranking.word_weights import WordWeights, word_weights
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive

RERANKED = 12
"""Candidates that the cross-encoder reads: the best without it."""
MARGIN_BONUS = HandSetValue(
    "margin bonus",
    "What each point by which the first candidate leads the second, at most 4, adds to its likeness.",
    0.04,
    "cosine for each score point",
    "by hand, together with the paraphrase threshold",
)


class QueryEncoder(Protocol):
    """Turns questions into vectors."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one vector of length 1 for each text."""
        ...


class Reranker(Protocol):
    """Reads a question and passages together."""

    def score(self, question: str, passages: Sequence[RerankPassage]) -> Sequence[float]:
        """Return how well each passage answers the question; higher is better."""
        ...


@dataclass(frozen=True, slots=True)
class RankedCandidates:
    """Candidates, best first; no two overlap or say the same words.

    `confidence`, 0..1, is that of the first, worked out from `row`; `weights` are those of the query's words.
    """

    candidates: Sequence[AnswerCandidate]
    scores: Sequence[float]
    weights: WordWeights
    row: FeatureMatrix
    confidence: float

    @property
    def likeness(self) -> float:
        """How surely the first candidate says what is looked for: its cosine, and how far it leads the second."""
        lead = self.scores[0] - self.scores[1] if len(self.scores) > 1 else LARGEST_LEAD
        return self.candidates[0].similarity + MARGIN_BONUS.value * min(LARGEST_LEAD, lead)


@dataclass(frozen=True, slots=True)
class CandidateRanking:
    """Ranks what may answer a query, over one archive. As thread-safe as its collaborators.

    `encoder` is for questions; `reranker` is None to do without a cross-encoder.
    """

    archive: Archive
    engine: SearchEngine
    encoder: QueryEncoder
    reranker: Reranker | None
    rankers: AnswerRankers

    @property
    def ranker(self) -> AnswerRanker:
        """The fitted model of the last step."""
        return self.rankers.reranked if self.reranker else self.rankers.alone

    def rank(self, query: Query, filters: Filters) -> RankedCandidates | None:
        """Return everything that may answer; None where `filters` let nothing through."""
        vector = self.encoder.encode([query.text])[0]
        breadth = WIDE if self.reranker else NARROW
        candidates = gather_candidates(query, vector, self.archive, self.engine, filters, breadth)
        if not candidates:
            return None
        weights = word_weights(
            query, partial(self.engine.frequencies, owners=filters.owners), self.engine.unit_count(filters.owners)
        )
        matrix = feature_matrix(query, candidates, weights)
        scores = self.rankers.alone.order.score(matrix) + boosts(query, candidates, weights)
        if self.reranker is not None:
            best = np.argsort(-scores, kind="stable")[:RERANKED]
            candidates, matrix = [candidates[at] for at in best], matrix[best]
            matrix[:, CROSS_ENCODER] = self.reranker.score(query.text, list(map(rerank_passage, candidates)))
            scores = self.ranker.order.score(matrix) + boosts(query, candidates, weights)
        if query.kind.speech:
            prefer_quotations(candidates, scores, RERANKED)
        return self._ranked(query, candidates, matrix, scores, weights)

    def _ranked(
        self,
        query: Query,
        candidates: Sequence[AnswerCandidate],
        matrix: FeatureMatrix,
        scores: FeatureMatrix,
        weights: WordWeights,
    ) -> RankedCandidates:
        order = distinct(candidates, np.argsort(-scores, kind="stable"))
        ranked, scores = [candidates[at] for at in order], scores[order]
        row = confidence_row(query, ranked, scores, weights, matrix[order[0]])
        confidence = self.ranker.confidence(row, confidence_boost(query, ranked[0]))
        return RankedCandidates(ranked, scores.tolist(), weights, row, confidence)


def distinct(candidates: Sequence[AnswerCandidate], order: Iterable[int]) -> list[int]:
    """Return `order` without candidates that overlap an earlier one or say the same words."""
    kept: list[int] = []
    for at in order:
        if not any(_repeats(candidates[at], candidates[other]) for other in kept):
            kept.append(int(at))
    return kept


def _repeats(one: AnswerCandidate, other: AnswerCandidate) -> bool:
    if one.article is other.article:
        return one.span.overlaps(other.span)
    same_length = one.span.end - one.span.start == other.span.end - other.span.start
    return same_length and one.text == other.text
