"""Fits of the linear models of the ranker. Weights keep the sign that their feature declares."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from retrieval.ranking.confidence_features import CONFIDENCE_FEATURES, CONFIDENCE_NAMES
from retrieval.ranking.features import FEATURES, NAMES
from retrieval.ranking.ranker import LinearModel
from retrieval.ranking.registry import Facts, RankingFeature, Sign
from training.answer_models.pools import QuestionPool

STEPS = 250
"""Steps of each fit."""
Row = npt.NDArray[np.float64]


def fit_order(
    pools: Sequence[QuestionPool], start: LinearModel | None = None, free: Collection[str] = NAMES
) -> LinearModel:
    """Return the order in which the right candidates of each question gather the probability of its pool.

    Only the weights named in `free` move, from `start`.
    """
    usable = [pool for pool in pools if pool.right.any()]
    rows = np.concatenate([pool.table for pool in usable])
    spread = rows.std(0) + 1e-6
    table = torch.tensor(rows / spread, dtype=torch.float32)
    right = torch.tensor(np.concatenate([pool.right for pool in usable]))
    pool_of = torch.tensor(np.repeat(np.arange(len(usable)), [len(pool.right) for pool in usable]))
    begun = start.weights * spread if start else np.zeros(len(NAMES))
    weights = torch.tensor(begun, dtype=torch.float32, requires_grad=True)
    bounds = bounds_of(FEATURES)

    def cost() -> Tensor:
        scores = table @ weights
        told = log_sums(scores[right], pool_of[right], len(usable))
        return (log_sums(scores, pool_of, len(usable)) - told).mean() + 3e-3 * (weights**2).sum()

    descend(cost, weights, movable(NAMES, free), bounds)
    return LinearModel(weights.detach().numpy() / spread, 0.0)


def fit_trust(
    rows: Row, right: Row, counts: Row, start: LinearModel | None = None, free: Collection[str] = CONFIDENCE_NAMES
) -> LinearModel:
    """Return a logistic regression; `counts` weighs the rows. The bias moves only where there is no `start`."""
    spread = rows.std(0) + 1e-6
    names = (*CONFIDENCE_NAMES, "bias")
    table = torch.tensor(np.column_stack([rows / spread, np.ones(len(rows))]))
    told, weight = torch.tensor(right), torch.tensor(counts)
    begun = np.append(start.weights * spread, start.bias) if start else np.zeros(len(names))
    weights = torch.tensor(begun, requires_grad=True)
    bounds = bounds_of(CONFIDENCE_FEATURES, extra=1)

    def cost() -> Tensor:
        odds = table @ weights
        losses = torch.nn.functional.binary_cross_entropy_with_logits(odds, told, weight, reduction="sum")
        return losses / weight.sum() + 1e-3 * (weights[:-1] ** 2).sum()

    descend(cost, weights, movable(names, (*free, "bias") if start is None else free), bounds)
    fitted = weights.detach().numpy()
    return LinearModel(fitted[:-1] / spread, float(fitted[-1]))


def calibrated(trust: LinearModel, rows: Row, right: Row) -> LinearModel:
    """Return the same model with calibrated log-odds, by Platt scaling."""
    odds, told = torch.tensor(trust.score(rows)), torch.tensor(right)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)

    def cost() -> Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(line[0] * odds + line[1], told)

    bounds = torch.tensor([0.0, -torch.inf]), torch.full((2,), torch.inf)  # a better answer is never less likely
    descend(cost, line, torch.ones(2, dtype=torch.bool), bounds)
    slope, shift = line.detach().tolist()
    return LinearModel(trust.weights * slope, trust.bias * slope + shift)


def log_sums(scores: Tensor, pool_of: Tensor, pools: int) -> Tensor:
    """Return the logarithm of the sum of exp(scores) of each pool."""
    most = torch.full((pools,), -torch.inf).scatter_reduce(0, pool_of, scores.detach(), "amax")
    return most + torch.log(torch.zeros(pools).index_add(0, pool_of, torch.exp(scores - most[pool_of])))


def movable(names: Sequence[str], free: Collection[str]) -> Tensor:
    """Return which of the weights may move."""
    return torch.tensor([name in free for name in names])


def bounds_of(features: Sequence[RankingFeature[Facts]], extra: int = 0) -> tuple[Tensor, Tensor]:
    """Return the least and the largest weight of each feature, followed by `extra` weights without bounds."""
    least = [0.0 if feature.sign is Sign.NEVER_AGAINST else -torch.inf for feature in features]
    most = [0.0 if feature.sign is Sign.NEVER_FOR else torch.inf for feature in features]
    return torch.tensor(least + [-torch.inf] * extra), torch.tensor(most + [torch.inf] * extra)


def descend(cost: Callable[[], Tensor], weights: Tensor, moving: Tensor, bounds: tuple[Tensor, Tensor]) -> None:
    """Minimise `cost` by projected Adam: what moves is put back within its bounds, and the rest where it was."""
    kept = weights.detach().clone()
    optimiser = torch.optim.Adam([weights], lr=0.08)
    for _ in range(STEPS):
        loss = cost()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            weights.copy_(torch.where(moving, torch.maximum(torch.minimum(weights, bounds[1]), bounds[0]), kept))


def named(model: LinearModel, names: Sequence[str]) -> dict[str, Any]:
    """Return a model as it is stored."""
    weights = {name: round(float(weight), 5) for name, weight in zip(names, model.weights, strict=True)}
    return {"bias": round(model.bias, 5), "weights": weights}
