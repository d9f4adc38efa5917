"""Fit the order of candidates and the trust in the first, and say how good they are out of fold.

    fit_ranker.py DATA QUESTIONS.jsonl --vectors VECTORS.npz [--crossed CROSSED.json] [--written OWN.jsonl]
        [--hold-out MORE.jsonl] [--publish]

VECTORS are what fit_question_encoder.py made, CROSSED what fit_reranker.py made: both out of fold, so that the
ranker learns how far to trust them on questions that they have never seen. Neither was fitted on those of OWN.
"""

import argparse
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

from benchmarks.folds import folds
from benchmarks.linear_fits import Row, calibrated, fit_order, fit_trust
from benchmarks.low_rank import note_hash
from benchmarks.pools import Crossed, Pool, narrowed, place, pools, withheld
from benchmarks.topics import TOPIC, topics
from benchmarks.written_questions import written_questions
from retrieval.answering.answerer import RERANKED, distinct
from retrieval.embedding.question_encoder import QuestionEncoder
from retrieval.embedding.reranker import BundledReranker
from retrieval.evaluation.questions import UNANSWERABLE, read_questions
from retrieval.ranking.confidence_features import EVIDENCE, evidence
from retrieval.ranking.features import CROSS, NAMES
from retrieval.ranking.ranker import FILE, AnswerRanker, LinearModel
from retrieval.store.archive import Archive
from retrieval.weights.files import FITTED

FOLDS = 5
WHOLE, SMALLER, WITHHELD, FREE = "the whole archive", "smaller archives", "the right words withheld", "plain topics"
WRITTEN = "questions of our own"
COUNTS = {WITHHELD: 0.3, FREE: 0.5}
"""How much an example counts beside one of the questions as they are; these are further from what people ask."""
PLAIN = (
    *(name for name in NAMES if name.endswith("what said")),
    *("what said", "topic covered, what said"),
)
"""The weights that plain questions move."""
SHARES = 0.3, 0.02  # of the articles, in smaller archives
TOPICS = 80  # plain questions with an answer
NOWHERE = 10**6
DECLINED_AT_MOST = 0.085  # of the answerable, out of fold; the promise is 0.10


@dataclass(frozen=True, slots=True)
class Example:
    """The first of a pool, by an order that has never seen the question. `rank` is the first right one's, from 0."""

    pool: Pool
    row: Row
    rank: int
    fold: int
    kind: str

    @property
    def right(self) -> bool:
        return self.rank == 0

    @property
    def counts(self) -> float:
        return COUNTS.get(self.kind, 1.0)

    @property
    def answerable(self) -> bool:
        return bool(self.pool.gold.docs) and self.kind != WITHHELD


def example(pool: Pool, order: LinearModel, fold: int, kind: str) -> Example:
    scores = order.score(pool.table)
    chosen = distinct(pool.candidates, np.argsort(-scores, kind="stable"))
    crossed = float(pool.table[chosen[0], CROSS])
    ranked = [pool.candidates[n] for n in chosen]
    row = evidence(pool.asked, ranked, scores[chosen], pool.telling, crossed)
    hits = np.flatnonzero(pool.right[chosen])
    return Example(pool, row, int(hits[0]) if len(hits) else NOWHERE, fold, kind)


def variants(pool: Pool, own: Collection[str]) -> list[tuple[str, Pool]]:
    """As it is, as smaller archives would give it, and without the right words. `own` are ids of written questions."""
    chance = Random(pool.gold.id)
    written = pool.gold.id in own
    if pool.gold.id.startswith(TOPIC):
        return [(FREE, pool), *((FREE, narrowed(pool, share, chance)) for share in SHARES)]
    kinds = [(WRITTEN if written else WHOLE, pool)]
    kinds += [(WRITTEN if written else SMALLER, narrowed(pool, share, chance)) for share in SHARES]
    return kinds + [(WITHHELD, less) for _, each in kinds[:2] if each.right.any() and (less := withheld(each))]


def with_crossed(pools: Sequence[Pool], crossed: Crossed) -> list[Pool]:
    """The candidates that the cross-encoder has read, with what it gave them."""
    kept = []
    for pool in pools:
        told = crossed[pool.gold.id]
        read = pool.only([n for n, candidate in enumerate(pool.candidates) if place(candidate) in told])
        read.table[:, CROSS] = [told[place(candidate)] for candidate in read.candidates]
        kept.append(read)
    return kept


def fit(pools: Sequence[Pool], fold_of: Sequence[int], own: Collection[str]) -> dict[str, Any]:
    """Both models, as `Ranker.read` takes them; prints how they do out of fold."""
    both = zip(pools, fold_of, strict=True)
    every = [(kind, each, fold) for pool, fold in both for kind, each in variants(pool, own)]
    examples: list[Example] = []
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
    for kind in (WHOLE, SMALLER, WRITTEN, FREE):
        inside = [n for n, each in enumerate(examples) if each.kind == kind]
        report(kind, [examples[n] for n in inside], confidence[inside], threshold)
    order, trust = ordered([(kind, pool) for kind, pool, _ in every]), trusted(examples)
    return {"order": named(order, NAMES), "trust": named(trust, EVIDENCE), "threshold": round(threshold, 4)}


def ordered(shown: Sequence[tuple[str, Pool]]) -> LinearModel:
    """Fitted on the questions; what plain topics teach is only how much their words count."""
    order = fit_order([pool for kind, pool in shown if kind in (WHOLE, SMALLER)])
    return fit_order([pool for kind, pool in shown if kind in (WHOLE, SMALLER, FREE)], order, PLAIN)


def trusted(examples: Sequence[Example]) -> LinearModel:
    """Fitted to tell right answers from what an archive doesn't say. A wrong first for a question that has an answer
    says nothing about that; it counts when the log-odds are made to hold what they say."""
    telling = [each for each in examples if each.right or not each.answerable]
    trust = fit_trust(*columns([each for each in telling if each.kind != FREE]))
    trust = fit_trust(*columns(telling), trust, PLAIN)
    rows, right, _ = columns([each for each in examples if each.kind in (WHOLE, SMALLER)])
    return calibrated(trust, rows, right)


def columns(examples: Sequence[Example]) -> tuple[Row, Row, Row]:
    rows = np.array([each.row for each in examples])
    return rows, np.array([float(each.right) for each in examples]), np.array([each.counts for each in examples])


def highest_threshold(examples: Sequence[Example], confidence: Row) -> float:
    """The highest that declines no more of the answerable questions than is promised."""
    given = zip(examples, confidence, strict=True)
    of_answerable = [each for example, each in given if example.kind == WHOLE and example.answerable]
    return float(np.quantile(of_answerable, DECLINED_AT_MOST))


def threshold_of(fitted: dict[str, Any], pools: Sequence[Pool]) -> float:
    """The same of a fitted model, on questions that it was not fitted on."""
    ranker = AnswerRanker.read(fitted)
    answerable = [example(pool, ranker.order, 0, WHOLE) for pool in pools if pool.gold.docs]
    return round(float(np.quantile([ranker.confidence(each.row) for each in answerable], DECLINED_AT_MOST)), 4)


def report(name: str, examples: Sequence[Example], confidence: Row, threshold: float) -> None:
    print(f"\n{name}")
    kinds = np.array([each.pool.gold.type for each in examples])
    ranks = np.array([each.rank for each in examples])
    right = ranks == 0
    given, answerable = confidence >= threshold, kinds != UNANSWERABLE
    for kind in sorted(set(kinds) - {UNANSWERABLE}):
        of = ranks[kinds == kind]
        shares = "  ".join(f"@{n}: {100 * np.mean(of < n):5.1f}" for n in (1, 3, 16))
        print(f"{kind:14} n={len(of):3}  {shares}")
    pairs = confidence[answerable & right][:, None] > confidence[~answerable][None]
    print(
        f"declined: answerable {100 * np.mean(~given[answerable]):.1f}%, unanswerable "
        f"{100 * np.mean(~given[~answerable]):.1f}%; threshold {threshold:.3f}; right above unanswerable "
        f"{100 * pairs.mean():.1f}%; right first time {100 * np.mean((given & right) | (~given & ~answerable)):.1f}%"
    )
    for low, high in pairwise((0.0, 0.2, 0.4, 0.6, 0.8, 1.0)):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            told = f"told {100 * confidence[inside].mean():.0f}%, right {100 * right[inside].mean():.0f}%"
            print(f"confidence {low:.1f} to {high:.1f}: n={inside.sum():3}  {told}")


def named(model: LinearModel, names: Sequence[str]) -> dict[str, Any]:
    weights = {name: round(float(weight), 5) for name, weight in zip(names, model.weights, strict=True)}
    return {"bias": round(model.bias, 5), "weights": weights}


def with_unknown_reranker(alone: dict[str, Any]) -> dict[str, Any]:
    """What is taken where no cross-encoder was fitted, for one that an operator names: its log-odds count as such."""
    order = {**alone["order"], "weights": alone["order"]["weights"] | {NAMES[CROSS]: 1.0}}
    return {**alone, "order": order}


def read(pools: Sequence[Pool], order: LinearModel) -> Crossed:
    """What the bundled cross-encoder gives to the best candidates of each question."""
    reads = BundledReranker()
    found: Crossed = {}
    for pool in pools:
        best = pool.only(np.argsort(-order.score(pool.table), kind="stable")[:RERANKED].tolist())
        given = reads.score(pool.asked.text, best.candidates)
        found[pool.gold.id] = dict(zip(map(place, best.candidates), given, strict=True))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--crossed", type=Path)
    parser.add_argument("--written", type=Path, help="questions of our own, to fit the trust on as well")
    parser.add_argument("--hold-out", type=Path, help="questions that decide the threshold alone")
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    questions = read_questions(options.questions)
    others = read_questions(options.hold_out) if options.hold_out else []
    written = written_questions(options.written, Archive.open(options.data)) if options.written else []
    held = {doc for each in (*questions, *others, *written) for doc in each.docs}
    plain = topics(options.data, TOPICS, held)
    unseen = pools(options.data, written, QuestionEncoder().encode([each.question for each in written]))
    every = pools(options.data, questions, np.load(options.vectors)["vectors"]) + plain + unseen
    fold_of, own = folds([pool.gold for pool in every], FOLDS), {each.id for each in written}
    fitted = {"alone": fit(every, fold_of, own)}
    order = LinearModel.read(fitted["alone"]["order"], NAMES)
    if options.crossed:
        crossed = json.loads(options.crossed.read_text()) | read(plain + unseen, order)
        fitted["reranked"] = fit(with_crossed(every, crossed), fold_of, own)
    if others:
        told = pools(options.data, others, QuestionEncoder().encode([each.question for each in others]))
        fitted["alone"]["threshold"] = threshold_of(fitted["alone"], told)
        if options.crossed:
            fitted["reranked"]["threshold"] = threshold_of(fitted["reranked"], with_crossed(told, read(told, order)))
    if options.publish:
        fitted.setdefault("reranked", with_unknown_reranker(fitted["alone"]))
        (FITTED / FILE).write_text(json.dumps(fitted, indent=1) + "\n")
        note_hash(FILE)


if __name__ == "__main__":
    main()
