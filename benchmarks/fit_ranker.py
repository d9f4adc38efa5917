"""Fit the order of candidates and the trust in the first, and say how good they are out of fold.

    fit_ranker.py DATA QUESTIONS.jsonl --vectors VECTORS.npz [--crossed CROSSED.json] [--publish]

VECTORS are what fit_question_encoder.py made, CROSSED what fit_reranker.py made: both out of fold, so that the
ranker learns how far to trust them on questions that they have never seen.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from benchmarks.folds import folds
from benchmarks.low_rank import note_hash
from benchmarks.pools import Crossed, Pool, place, pools
from retrieval.answering import distinct
from retrieval.gold import read_questions
from retrieval.ranking.evidence import EVIDENCE, evidence
from retrieval.ranking.features import CROSS, NAMES
from retrieval.ranking.fitted import FITTED
from retrieval.ranking.ranker import FILE, Linear

FOLDS = 5
DECLINED_AT_MOST = 0.09  # of the answerable, out of fold; the promise is 0.10
Row = npt.NDArray[np.float64]


def fit_order(pools: Sequence[Pool], decay: float = 3e-3, steps: int = 300) -> Linear:
    """The right candidates of each question must gather the probability of its pool."""
    usable = [pool for pool in pools if pool.right.any()]
    every = np.concatenate([pool.table for pool in usable])
    middle, spread = every.mean(0), every.std(0) + 1e-6
    tables = torch.nn.utils.rnn.pad_sequence(
        [torch.tensor((pool.table - middle) / spread) for pool in usable], batch_first=True
    )
    right = torch.nn.utils.rnn.pad_sequence([torch.tensor(pool.right) for pool in usable], batch_first=True)
    there = torch.nn.utils.rnn.pad_sequence([torch.ones(len(pool.right)) for pool in usable], batch_first=True) > 0
    weights = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=0.05)
    for _ in range(steps):
        scores = (tables @ weights).masked_fill(~there, -1e9)
        told = torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
        loss = (torch.logsumexp(scores, 1) - told).mean() + decay * (weights**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return Linear(weights.detach().numpy() / spread, 0.0)


def fit_trust(rows: Row, right: npt.NDArray[np.bool_], decay: float = 1e-3, steps: int = 400) -> Linear:
    """Logistic regression."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    table, told = torch.tensor((rows - middle) / spread), torch.tensor(right, dtype=torch.float64)
    weights = torch.zeros(rows.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=0.05)
    for _ in range(steps):
        odds = table @ weights + bias
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, told) + decay * (weights**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    fitted = weights.detach().numpy() / spread
    return Linear(fitted, float(bias.detach()) - float(middle @ fitted))


def ranked(pool: Pool, order: Linear) -> tuple[list[int], Row]:
    """The candidates' numbers, best first, and the evidence for the first."""
    scores = order.score(pool.table)
    chosen = distinct(pool.candidates, np.argsort(-scores, kind="stable"))
    crossed = pool.table[chosen[0], CROSS]
    best = [pool.candidates[number] for number in chosen]
    return chosen, evidence(pool.asked, best, scores[chosen], pool.telling, crossed)


def with_crossed(pools: Sequence[Pool], crossed: Crossed) -> list[Pool]:
    """The candidates that the cross-encoder has read, with what it gave them."""
    kept = []
    for pool in pools:
        told = crossed[pool.gold.id]
        numbers = [n for n, candidate in enumerate(pool.candidates) if place(candidate) in told]
        table = pool.table[numbers]
        table[:, CROSS] = [told[place(pool.candidates[n])] for n in numbers]
        candidates = [pool.candidates[n] for n in numbers]
        kept.append(Pool(pool.gold, pool.asked, candidates, pool.telling, table, pool.right[numbers]))
    return kept


def fit(pools: Sequence[Pool], fold_of: Sequence[int]) -> dict[str, Any]:
    """Both models, as `Ranker.read` takes them; prints how they do out of fold."""
    ranks, rows = np.zeros(len(pools)), np.zeros((len(pools), len(EVIDENCE)))
    for fold in range(FOLDS):
        order = fit_order([pool for pool, each in zip(pools, fold_of, strict=True) if each != fold])
        for number, each in enumerate(fold_of):
            if each == fold:
                chosen, rows[number] = ranked(pools[number], order)
                hits = np.flatnonzero(pools[number].right[chosen])
                ranks[number] = hits[0] if len(hits) else 10**6
    answerable = np.array([bool(pool.gold.docs) for pool in pools])
    right = answerable & (ranks == 0)
    telling = right | ~answerable  # a wrong first for a question that has an answer says nothing about declining
    confidence = np.zeros(len(pools))
    for fold in range(FOLDS):
        inside = np.array(fold_of) == fold
        trust = fit_trust(rows[~inside & telling], right[~inside & telling])
        confidence[inside] = 1 / (1 + np.exp(-trust.score(rows[inside])))
    threshold = highest_threshold(confidence[answerable])
    report(pools, ranks, confidence, threshold)
    order, trust = fit_order(pools), fit_trust(rows[telling], right[telling])
    return {"order": named(order, NAMES), "trust": named(trust, EVIDENCE), "threshold": round(float(threshold), 4)}


def highest_threshold(confidence: Row) -> float:
    """The highest that declines no more of the answerable questions than is promised; `confidence` is theirs."""
    return float(np.quantile(confidence, DECLINED_AT_MOST))


def report(pools: Sequence[Pool], ranks: Row, confidence: Row, threshold: float) -> None:
    kinds = np.array([pool.gold.type for pool in pools])
    given = confidence >= threshold
    for kind in sorted(set(kinds) - {"unanswerable"}):
        of = ranks[kinds == kind]
        shares = "  ".join(f"@{n}: {100 * np.mean(of < n):5.1f}" for n in (1, 3, 16))
        print(f"{kind:14} n={len(of):3}  {shares}")
    answerable = kinds != "unanswerable"
    pairs = confidence[answerable & (ranks == 0)][:, None] > confidence[~answerable][None]
    print(
        f"declined: answerable {100 * np.mean(~given[answerable]):.1f}%, unanswerable "
        f"{100 * np.mean(~given[~answerable]):.1f}%; threshold {threshold:.3f}; right above unanswerable "
        f"{100 * pairs.mean():.1f}%; right first time "
        f"{100 * np.mean((given & (ranks == 0)) | (~given & ~answerable)):.1f}%"
    )


def named(model: Linear, names: Sequence[str]) -> dict[str, Any]:
    weights = {name: round(float(weight), 5) for name, weight in zip(names, model.weights, strict=True)}
    return {"bias": round(model.bias, 5), "weights": weights}


def with_unknown_reranker(alone: dict[str, Any]) -> dict[str, Any]:
    """What is taken where no cross-encoder was fitted, for one that an operator names: its log-odds count as such."""
    order = {**alone["order"], "weights": alone["order"]["weights"] | {NAMES[CROSS]: 1.0}}
    return {**alone, "order": order}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--crossed", type=Path)
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    questions = read_questions(options.questions)
    every = pools(options.data, questions, np.load(options.vectors)["vectors"])
    fold_of = folds(questions, FOLDS)
    fitted = {"alone": fit(every, fold_of)}
    if options.crossed:
        fitted["reranked"] = fit(with_crossed(every, json.loads(options.crossed.read_text())), fold_of)
    if options.publish:
        fitted.setdefault("reranked", with_unknown_reranker(fitted["alone"]))
        (FITTED / FILE).write_text(json.dumps(fitted, indent=1) + "\n")
        note_hash(FILE)


if __name__ == "__main__":
    main()
