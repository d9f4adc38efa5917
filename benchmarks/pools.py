"""The candidates of each question of a benchmark, with their features and which of them are right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.articles import Filters
from retrieval.engines.local import LocalEngine
from retrieval.evaluation import is_right
from retrieval.gold import Question as KnownQuestion
from retrieval.questions import Question, understand
from retrieval.ranking.candidates import Candidate, gather
from retrieval.ranking.features import Weights, features, weights
from retrieval.store.archive import Archive

Vectors = npt.NDArray[np.float32]
Crossed = dict[str, dict[str, float]]
"""The cross-encoder's scores by the question's id and the candidate's place."""


@dataclass(frozen=True, slots=True)
class Pool:
    gold: KnownQuestion
    asked: Question
    candidates: Sequence[Candidate]
    telling: Weights
    table: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]


def pools(data: Path, questions: Sequence[KnownQuestion], vectors: Vectors) -> list[Pool]:
    """`vectors` has one row a question."""
    archive = Archive.open(data)
    engine = LocalEngine(archive)
    return [pool(archive, engine, gold, vector) for gold, vector in zip(questions, vectors, strict=True)]


def pool(archive: Archive, engine: LocalEngine, gold: KnownQuestion, vector: Vectors) -> Pool:
    asked = understand(gold.question, date(2026, 1, 1))
    candidates = gather(asked, vector, archive, engine, Filters())
    telling = weights(asked, engine.frequencies, len(engine))
    right = np.array([is_right(gold, c.article.id, c.text) for c in candidates])
    return Pool(gold, asked, candidates, telling, features(asked, candidates, telling), right)


def place(candidate: Candidate) -> str:
    return f"{candidate.article.id}:{candidate.span.start}:{candidate.span.end}"
