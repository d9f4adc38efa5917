"""Fit the ranker: the order of candidates and the trust in the first, and say how good they are out of fold.

    python -m training.ranker [--write] [--limit N] [--data FOLDER] [--work FOLDER]

Needs what training.question_encoder and training.reranker keep: both out of fold, so that the ranker learns how far to
trust them on questions that they have never seen. The threshold rests on questions_dev.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import torch

from retrieval.ranking.confidence_features import CONFIDENCE_NAMES
from retrieval.ranking.features import FEATURES, NAMES
from retrieval.ranking.ranker import FILE, AnswerRanker, LinearModel
from retrieval.store.archive import Archive
from training.answer_models.delivery import TrainingFiles, answer_options, deliver, training_files
from training.answer_models.linear_models import Row, calibrated, fit_order, fit_trust, named
from training.answer_models.pools import CrossScores, QuestionPool, pools
from training.answer_models.questions import folds, written_questions
from training.answer_models.ranker_examples import (
    FREE,
    PLAIN,
    SMALLER,
    WHOLE,
    WRITTEN,
    RankedExample,
    columns,
    example,
    report,
    variants,
    with_crossed,
)
from training.answer_models.topics import topics
from training.answer_models.unseen import scored, unseen_pools

FOLDS = 5
TOPICS = 80
"""Plain questions with an answer."""
DECLINED_AT_MOST = 0.085
"""Share of the answerable questions that the threshold declines, out of fold; the promise is 0.10."""


def fit(
    pools: Sequence[QuestionPool], fold_of: Sequence[int], own: Collection[str]
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return both models, as `AnswerRanker.read` takes them, and how they do out of fold."""
    both = zip(pools, fold_of, strict=True)
    every = [(kind, each, fold) for pool, fold in both for kind, each in variants(pool, own)]
    examples: list[RankedExample] = []
    for fold in range(FOLDS):
        order = ordered([(kind, pool) for kind, pool, of in every if of != fold])
        examples += [example(pool, order, of, kind) for kind, pool, of in every if of == fold]
    confidence = np.zeros(len(examples))
    for fold in range(FOLDS):
        trust = trusted([each for each in examples if each.fold != fold])
        for number, each in enumerate(examples):
            if each.fold == fold:
                confidence[number] = 1 / (1 + np.exp(-float(trust.score(each.row))))
    threshold = highest_threshold(examples, confidence)
    figures: dict[str, float] = {}
    for kind in (WHOLE, SMALLER, WRITTEN, FREE):
        inside = [n for n, each in enumerate(examples) if each.kind == kind]
        figures |= report(kind, [examples[n] for n in inside], confidence[inside], threshold)
    order, trust = ordered([(kind, pool) for kind, pool, _ in every]), trusted(examples)
    models = {"order": named(order, NAMES), "trust": named(trust, CONFIDENCE_NAMES), "threshold": round(threshold, 4)}
    return models, figures


def ordered(shown: Sequence[tuple[str, QuestionPool]]) -> LinearModel:
    """Return the order fitted on the questions; what plain topics teach is only how much their words count."""
    order = fit_order([pool for kind, pool in shown if kind in (WHOLE, SMALLER)])
    return fit_order([pool for kind, pool in shown if kind in (WHOLE, SMALLER, FREE)], order, PLAIN)


def trusted(examples: Sequence[RankedExample]) -> LinearModel:
    """Return the trust that tells right answers from what an archive doesn't say.

    A wrong first for a question that has an answer says nothing about that; it counts when the log-odds are calibrated.
    """
    telling = [each for each in examples if each.right or not each.answerable]
    trust = fit_trust(*columns([each for each in telling if each.kind != FREE]))
    trust = fit_trust(*columns(telling), trust, PLAIN)
    rows, right, _ = columns([each for each in examples if each.kind in (WHOLE, SMALLER)])
    return calibrated(trust, rows, right)


def highest_threshold(examples: Sequence[RankedExample], confidence: Row) -> float:
    """Return the highest threshold that declines no more of the answerable questions than is promised."""
    given = zip(examples, confidence, strict=True)
    of_answerable = [each for example, each in given if example.kind == WHOLE and example.answerable]
    return float(np.quantile(of_answerable, DECLINED_AT_MOST))


def threshold_of(fitted: dict[str, Any], pools: Sequence[QuestionPool]) -> float:
    """Return that threshold of a fitted model, on questions that it was not fitted on."""
    ranker = AnswerRanker.read(fitted)
    answerable = [example(pool, ranker.order, 0, WHOLE) for pool in pools if pool.gold.docs]
    return round(float(np.quantile([ranker.confidence(each.row) for each in answerable], DECLINED_AT_MOST)), 4)


def fit_both(files: TrainingFiles) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the rankers without and with a cross-encoder, and their figures."""
    questions, others = files.questions(), files.questions("questions_dev.jsonl")
    written = written_questions(files.written_for_trust, Archive.open(files.archive))[: files.limit]
    held = {doc for each in (*questions, *others, *written) for doc in each.docs}
    plain = topics(files.archive, min(TOPICS, files.limit or TOPICS), held)
    unseen = unseen_pools(files, written)
    every = pools(files.archive, questions, np.load(files.vectors)["vectors"]) + plain + unseen
    fold_of, own = folds([pool.gold for pool in every], FOLDS), {each.id for each in written}
    alone, _ = fit(every, fold_of, own)
    order = LinearModel.read(alone["order"], FEATURES)
    crossed: CrossScores = json.loads(files.cross_scores.read_text()) | scored(plain + unseen, order)
    reranked, figures = fit(with_crossed(every, crossed), fold_of, own)
    told = unseen_pools(files, others)
    alone["threshold"] = threshold_of(alone, told)
    reranked["threshold"] = threshold_of(reranked, with_crossed(told, scored(told, order)))
    return {"alone": alone, "reranked": reranked}, figures


def main() -> None:
    """Fit and report."""
    given = answer_options(__doc__).parse_args()
    torch.set_num_threads(1)
    fitted, figures = fit_both(training_files(given))
    deliver(FILE, (json.dumps(fitted, indent=1) + "\n").encode(), figures, write=given.write)


if __name__ == "__main__":
    main()
