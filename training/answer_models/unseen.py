"""Candidates of questions that neither question encoder nor cross-encoder were fitted on, with the scores of both."""

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.question_encoder import QuestionEncoder
from retrieval.embedding.reranker import BundledReranker
from retrieval.evaluation.questions import KnownQuestion
from retrieval.ranking.candidates import rerank_passage
from retrieval.ranking.pipeline import RERANKED
from retrieval.ranking.ranker import LinearModel
from training.answer_models.delivery import TrainingFiles
from training.answer_models.pools import CrossScores, QuestionPool, place, pools


def scored(pools: Sequence[QuestionPool], order: LinearModel) -> CrossScores:
    """Return what the bundled reranker gives to the best candidates of each question."""
    reads = BundledReranker()
    found: CrossScores = {}
    for pool in pools:
        best = pool.only(np.argsort(-order.score(pool.table), kind="stable")[:RERANKED].tolist())
        given = reads.score(pool.asked.text, list(map(rerank_passage, best.candidates)))
        found[pool.gold.id] = dict(zip(map(place, best.candidates), given, strict=True))
    return found


def unseen_pools(files: TrainingFiles, questions: Sequence[KnownQuestion]) -> list[QuestionPool]:
    """Return the pools of questions on which the question encoder wasn't fitted."""
    return pools(files.archive, questions, QuestionEncoder().encode([each.question for each in questions]))
