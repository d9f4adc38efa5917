"""The candidates of each question of a benchmark, with their features and which of them are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from retrieval.answering.questions.understanding import understand
from retrieval.domain import Filters
from retrieval.evaluation.matching import is_right
from retrieval.evaluation.questions import KnownQuestion
from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate, gather_candidates
from retrieval.ranking.features import CROSS_ENCODER, feature_matrix
from retrieval.ranking.word_weights import WordWeights, word_weights
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.text.stemming import content_words

Vectors = npt.NDArray[np.float32]
CrossScores = dict[str, dict[str, float]]
"""A cross-encoder's scores, by the question's id and the candidate's place."""


@dataclass(frozen=True, slots=True)
class QuestionPool:
    """The candidates of one question.

    `frequency` tells in how many of the archive's `total` units each of the question's words stands; `table` holds the
    features, `right` which candidates answer.
    """

    gold: KnownQuestion
    asked: Query
    candidates: Sequence[AnswerCandidate]
    frequency: Mapping[str, int]
    total: int
    table: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]

    @property
    def telling(self) -> WordWeights:
        """The weights of the question's words."""
        return word_weights(self.asked, lambda _: self.frequency, self.total)

    def only(self, numbers: Sequence[int]) -> "QuestionPool":
        """Return the pool with these candidates alone."""
        chosen = [self.candidates[n] for n in numbers]
        return replace(self, candidates=chosen, table=self.table[list(numbers)], right=self.right[list(numbers)])


def pools(data: Path, questions: Sequence[KnownQuestion], vectors: Vectors) -> list[QuestionPool]:
    """Return the pool of each question; `vectors` has one row a question."""
    archive = Archive.open(data)
    engine = LocalEngine(archive)
    return [pool(archive, engine, gold, vector) for gold, vector in zip(questions, vectors, strict=True)]


def pool(archive: Archive, engine: LocalEngine, gold: KnownQuestion, vector: Vectors) -> QuestionPool:
    """Return the pool of one question."""
    asked = understand(gold.question, date(2026, 1, 1))
    candidates = gather_candidates(asked, vector, archive, engine, Filters())
    frequency = engine.frequencies(list(dict.fromkeys(content_words(asked.topic))), Filters().owners)
    right = np.array([is_right(gold, c.article.id, c.text) for c in candidates])
    told = feature_matrix(asked, candidates, word_weights(asked, lambda _: frequency, len(engine)))
    return QuestionPool(gold, asked, candidates, frequency, len(engine), told, right)


def narrowed(pool: QuestionPool, share: float, chance: Random) -> QuestionPool:
    """Return roughly what a smaller archive gives: one with `share` of the articles, the answering one among them."""
    kept = {pool.candidates[0].article.id, *pool.gold.docs}
    others = sorted({c.article.id for c in pool.candidates} - kept)
    kept |= {other for other in others if chance.random() < share}
    smaller = pool.only([n for n, c in enumerate(pool.candidates) if c.article.id in kept])
    frequency = {word: min(count, max(1, round(count * share))) for word, count in pool.frequency.items()}
    smaller = replace(smaller, frequency=frequency, total=max(1, round(pool.total * share)))
    table = feature_matrix(smaller.asked, smaller.candidates, smaller.telling)
    table[:, CROSS_ENCODER] = smaller.table[:, CROSS_ENCODER]
    return replace(smaller, table=table)


def withheld(pool: QuestionPool) -> QuestionPool | None:
    """Return the pool without the candidates that answer; None where nothing is left."""
    left = np.flatnonzero(~pool.right)
    return pool.only(left.tolist()) if len(left) else None


def place(candidate: AnswerCandidate) -> str:
    """Return what tells a candidate from others: its article and offsets."""
    return f"{candidate.article.id}:{candidate.span.start}:{candidate.span.end}"
