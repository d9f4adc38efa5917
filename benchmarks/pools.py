"""The candidates of each question of a benchmark, with their features and which of them are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from retrieval.answering.understanding import understand
from retrieval.domain import Filters
from retrieval.evaluation.questions import Query as KnownQuestion
from retrieval.evaluation.runner import is_right
from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate, gather_candidates
from retrieval.ranking.features import CROSS, Weights, features, weights
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.text.stemming import content_words

Vectors = npt.NDArray[np.float32]
Crossed = dict[str, dict[str, float]]
"""The cross-encoder's scores by the question's id and the candidate's place."""


@dataclass(frozen=True, slots=True)
class Pool:
    """`frequency` tells in how many of the archive's `total` units each of the question's words stands."""

    gold: KnownQuestion
    asked: Query
    candidates: Sequence[AnswerCandidate]
    frequency: Mapping[str, int]
    total: int
    table: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]

    @property
    def telling(self) -> Weights:
        return weights(self.asked, lambda _: self.frequency, self.total)

    def only(self, numbers: Sequence[int]) -> "Pool":
        """With these candidates alone."""
        chosen = [self.candidates[n] for n in numbers]
        return replace(self, candidates=chosen, table=self.table[list(numbers)], right=self.right[list(numbers)])


def pools(data: Path, questions: Sequence[KnownQuestion], vectors: Vectors) -> list[Pool]:
    """`vectors` has one row a question."""
    archive = Archive.open(data)
    engine = LocalEngine(archive)
    return [pool(archive, engine, gold, vector) for gold, vector in zip(questions, vectors, strict=True)]


def pool(archive: Archive, engine: LocalEngine, gold: KnownQuestion, vector: Vectors) -> Pool:
    asked = understand(gold.question, date(2026, 1, 1))
    candidates = gather_candidates(asked, vector, archive, engine, Filters())
    frequency = engine.frequencies(list(dict.fromkeys(content_words(asked.topic))))
    right = np.array([is_right(gold, c.article.id, c.text) for c in candidates])
    told = features(asked, candidates, weights(asked, lambda _: frequency, len(engine)))
    return Pool(gold, asked, candidates, frequency, len(engine), told, right)


def narrowed(pool: Pool, share: float, chance: Random) -> Pool:
    """Roughly what a smaller archive gives, that has `share` of the articles, the one in question among them."""
    kept = {pool.candidates[0].article.id, *pool.gold.docs}
    others = sorted({c.article.id for c in pool.candidates} - kept)
    kept |= {other for other in others if chance.random() < share}
    smaller = pool.only([n for n, c in enumerate(pool.candidates) if c.article.id in kept])
    frequency = {word: min(count, max(1, round(count * share))) for word, count in pool.frequency.items()}
    smaller = replace(smaller, frequency=frequency, total=max(1, round(pool.total * share)))
    table = features(smaller.asked, smaller.candidates, smaller.telling)
    table[:, CROSS] = smaller.table[:, CROSS]
    return replace(smaller, table=table)


def withheld(pool: Pool) -> Pool | None:
    """Without the words that answer: as near as an archive comes that doesn't say. None where nothing is left."""
    left = np.flatnonzero(~pool.right)
    return pool.only(left.tolist()) if len(left) else None


def place(candidate: AnswerCandidate) -> str:
    return f"{candidate.article.id}:{candidate.span.start}:{candidate.span.end}"
