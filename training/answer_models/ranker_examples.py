"""Examples on which the ranker is fitted: the first candidate of each question, in archives of several sizes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np

from retrieval.evaluation.questions import UNANSWERABLE
from retrieval.ranking.confidence_features import confidence_row
from retrieval.ranking.features import CROSS_ENCODER, NAMES
from retrieval.ranking.pipeline import distinct
from retrieval.ranking.ranker import LinearModel
from training.answer_models.linear_models import Row
from training.answer_models.pools import CrossScores, QuestionPool, narrowed, place, withheld
from training.answer_models.topics import TOPIC

WHOLE, SMALLER, WITHHELD, FREE = "the whole archive", "smaller archives", "the right words withheld", "plain topics"
WRITTEN = "questions of our own"
COUNTS = {WITHHELD: 0.3, FREE: 0.5}
"""How much an example counts beside one of the questions as they are; these are further from what people ask."""
PLAIN = (
    *(name for name in NAMES if name.endswith("what said")),
    *("what said", "topic covered, what said"),
)
"""The weights that plain questions move."""
SHARES = 0.3, 0.02
"""Shares of the articles in smaller archives."""
NOWHERE = 10**6
"""The rank of an answer that isn't among the candidates."""


@dataclass(frozen=True, slots=True)
class RankedExample:
    """The first candidate of a pool, by an order that has never seen the question.

    `row` holds its confidence features; `rank` is that of the first right candidate, from 0.
    """

    pool: QuestionPool
    row: Row
    rank: int
    fold: int
    kind: str

    @property
    def right(self) -> bool:
        """Whether the first candidate answers."""
        return self.rank == 0

    @property
    def counts(self) -> float:
        """How much it counts in a fit."""
        return COUNTS.get(self.kind, 1.0)

    @property
    def answerable(self) -> bool:
        """Whether the pool may hold an answer."""
        return bool(self.pool.gold.docs) and self.kind != WITHHELD


def example(pool: QuestionPool, order: LinearModel, fold: int, kind: str) -> RankedExample:
    """Return the example that `order` makes of a pool."""
    scores = order.score(pool.table)
    chosen = distinct(pool.candidates, np.argsort(-scores, kind="stable"))
    ranked = [pool.candidates[n] for n in chosen]
    row = confidence_row(pool.asked, ranked, scores[chosen], pool.telling, pool.table[chosen[0]])
    hits = np.flatnonzero(pool.right[chosen])
    return RankedExample(pool, row, int(hits[0]) if len(hits) else NOWHERE, fold, kind)


def variants(pool: QuestionPool, own: Collection[str]) -> list[tuple[str, QuestionPool]]:
    """Return a pool as it is, as smaller archives would give it, and without the right words.

    `own` are the ids of the questions of benchmarks/data.
    """
    chance = Random(pool.gold.id)
    written = pool.gold.id in own
    if pool.gold.id.startswith(TOPIC):
        return [(FREE, pool), *((FREE, narrowed(pool, share, chance)) for share in SHARES)]
    kinds = [(WRITTEN if written else WHOLE, pool)]
    kinds += [(WRITTEN if written else SMALLER, narrowed(pool, share, chance)) for share in SHARES]
    return kinds + [(WITHHELD, less) for _, each in kinds[:2] if each.right.any() and (less := withheld(each))]


def with_crossed(pools: Sequence[QuestionPool], crossed: CrossScores) -> list[QuestionPool]:
    """Return the candidates that the cross-encoder has read, with its scores."""
    kept = []
    for pool in pools:
        told = crossed[pool.gold.id]
        read = pool.only([n for n, candidate in enumerate(pool.candidates) if place(candidate) in told])
        read.table[:, CROSS_ENCODER] = [told[place(candidate)] for candidate in read.candidates]
        kept.append(read)
    return kept


def columns(examples: Sequence[RankedExample]) -> tuple[Row, Row, Row]:
    """Return the features of examples, which of them are right, and how much each counts."""
    rows = np.array([each.row for each in examples])
    return rows, np.array([float(each.right) for each in examples]), np.array([each.counts for each in examples])


def report(name: str, examples: Sequence[RankedExample], confidence: Row, threshold: float) -> dict[str, float]:
    """Print how examples of one kind do out of fold, and return the figures."""
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
    return {
        f"{name}: right first time": round(100 * float(np.mean((given & right) | (~given & ~answerable))), 2),
        f"{name}: answerable declined": round(100 * float(np.mean(~given[answerable])), 2),
    }
