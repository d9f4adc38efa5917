"""Fit the confidence further on questions of press, and choose the bound for a no by what mistakes cost.

    python -m training.answer_models.confidence [--write] [--limit N] [--data FOLDER] [--work FOLDER]

Starts from the ranker that training.ranker made: its confidence counts as one number, to which the features of FURTHER
are added. Order, question encoder and cross-encoder have never seen these questions. Needs an archive with press.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from retrieval.ranking.confidence_features import CONFIDENCE_NAMES
from retrieval.ranking.ranker import FILE, AnswerRanker, LinearModel
from retrieval.weights.files import read_fitted
from training.answer_models.delivery import answer_options, deliver, training_files
from training.answer_models.linear_models import Row, calibrated, named
from training.answer_models.pools import QuestionPool
from training.answer_models.questions import folds
from training.answer_models.ranker_examples import WHOLE, WITHHELD, RankedExample, example, variants, with_crossed
from training.answer_models.unseen import scored, unseen_pools

FURTHER = ("article's words", "words covered by title", "lead in similarity", "quotation")
FOLDS = 5
RIDGE, ROUNDS = 0.02, 30
COLUMNS = [CONFIDENCE_NAMES.index(name) for name in FURTHER]


def ranked_examples(pools: Sequence[QuestionPool], ranker: AnswerRanker) -> list[RankedExample]:
    """Return the first candidate of each pool as it is, and of those with an answer without the right words."""
    fold_of = folds([pool.gold for pool in pools], FOLDS)
    return [
        example(each, ranker.order, fold, kind)
        for pool, fold in zip(pools, fold_of, strict=True)
        for kind, each in variants(pool, ())
        if kind in (WHOLE, WITHHELD)
    ]


def fitted_trust(examples: Sequence[RankedExample], start: LinearModel) -> LinearModel:
    """Return `start` without FURTHER, scaled, with the weights of FURTHER that tell right answers best."""
    before = LinearModel(np.where(np.isin(CONFIDENCE_NAMES, FURTHER), 0.0, start.weights), start.bias)
    telling = [each for each in examples if each.right or not each.answerable]
    rows = np.array([each.row for each in telling])
    table = np.column_stack([before.score(rows), rows[:, COLUMNS]])
    right = np.array([float(each.right and each.kind == WHOLE) for each in telling])
    weights, bias = logistic(table, right, np.array([each.counts for each in telling]))
    joined = before.weights * weights[0]
    joined[COLUMNS] = weights[1:]
    trust = LinearModel(joined, before.bias * float(weights[0]) + bias)
    whole = [each for each in examples if each.kind == WHOLE]
    return calibrated(trust, np.array([e.row for e in whole]), np.array([float(e.right) for e in whole]))


def logistic(table: Row, right: Row, counts: Row) -> tuple[Row, float]:
    """Return weights and bias of a logistic regression with a ridge on standardised columns, by Newton's method."""
    middle, spread = table.mean(0), table.std(0) + 1e-6
    columns = np.column_stack([(table - middle) / spread, np.ones(len(table))])
    ridge = np.append(np.full(table.shape[1], RIDGE * counts.sum()), 1e-6)
    weights = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (counts * (told - right)) + ridge * weights
        curve = (columns * (counts * told * (1 - told))[:, None]).T @ columns + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights[:-1] / spread, float(weights[-1] - (weights[:-1] / spread) @ middle)


def cheapest_bound(examples: Sequence[RankedExample], confidence: Row) -> float:
    """Return the bound at which fewest questions go wrong; of equally good ones the highest.

    As bad as an answer to a question that has none is a right answer that is withheld.
    """
    bounds = np.unique(np.round(confidence, 3))
    right = np.array([each.right for each in examples])
    none = np.array([not each.answerable for each in examples])
    costs = [int(np.sum(right & (confidence < bound)) + np.sum(none & (confidence >= bound))) for bound in bounds]
    return float(bounds[np.flatnonzero(np.array(costs) == min(costs))[-1]])


def out_of_fold(examples: Sequence[RankedExample], start: LinearModel) -> Row:
    """Return the confidence of each example by a fit without its fold, 0..1."""
    confidence = np.zeros(len(examples))
    for fold in range(FOLDS):
        trust = fitted_trust([each for each in examples if each.fold != fold], start)
        inside = [number for number, each in enumerate(examples) if each.fold == fold]
        confidence[inside] = 1 / (1 + np.exp(-trust.score(np.array([examples[n].row for n in inside]))))
    return confidence


def figures_of(examples: Sequence[RankedExample], confidence: Row, bound: float) -> dict[str, float]:
    """Return how the confidence does out of fold, in percent."""
    right = np.array([each.right for each in examples])
    none = np.array([not each.answerable for each in examples])
    given = confidence >= bound
    pairs = confidence[right][:, None] > confidence[none][None]
    shares = {
        "right above unanswerable": pairs,
        "declined, answerable": ~given[~none],
        "declined, unanswerable": ~given[none],
        "right first time": (given & right) | (~given & none),
    }
    return {name: round(100 * float(np.mean(share)), 2) for name, share in shares.items()}


def refitted(pools: Sequence[QuestionPool], fitted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the rankers' file with the confidence fitted further, and the figures out of fold."""
    ranker = AnswerRanker.read(fitted["reranked"])
    every = ranked_examples(pools, ranker)
    confidence = out_of_fold(every, ranker.trust)
    whole = [number for number, each in enumerate(every) if each.kind == WHOLE]
    shown = [every[number] for number in whole]
    bound = cheapest_bound(shown, confidence[whole])
    trust = named(fitted_trust(every, ranker.trust), CONFIDENCE_NAMES)
    reranked = fitted["reranked"] | {"trust": trust, "threshold": round(bound, 4)}
    return fitted | {"reranked": reranked}, figures_of(shown, confidence[whole], bound)


def main() -> None:
    """Fit and report."""
    given = answer_options(__doc__).parse_args()
    torch.set_num_threads(1)
    files = training_files(given)
    fitted = read_fitted(FILE)
    told = unseen_pools(files, files.questions("questions_press_train.jsonl"))
    pools = with_crossed(told, scored(told, AnswerRanker.read(fitted["alone"]).order))
    fitted, figures = refitted(pools, fitted)
    deliver(FILE, (json.dumps(fitted, indent=1) + "\n").encode(), figures, write=given.write)


if __name__ == "__main__":
    main()
