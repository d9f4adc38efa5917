"""The fitted models: which candidate comes first, and how likely the first is to be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np

from retrieval.ranking.confidence_features import CONFIDENCE_FEATURES
from retrieval.ranking.features import FEATURES
from retrieval.ranking.registry import Facts, FeatureMatrix, RankingFeature, names_of, weights_in_order
from retrieval.weights.files import FITTED, read_fitted

FILE = "ranker.json"
BOLDEST = 4.0
"""Log-odds by which a boldness of 0 or 1 moves the threshold of 0.5."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weighted sum of features; `weights` are in the order of the features."""

    weights: FeatureMatrix
    bias: float

    @classmethod
    def read(cls, fitted: Mapping[str, Any], features: tuple[RankingFeature[Facts], ...]) -> "LinearModel":
        """Return the model of `{"bias": number, "weights": {name: number}}`.

        Raises ModelError where the weights are not those of `features`, or have a sign that theirs don't allow.
        """
        return cls(weights_in_order(features, fitted["weights"]), float(fitted["bias"]))

    def score(self, features: FeatureMatrix) -> FeatureMatrix:
        """Return the sum for each row of a matrix, or for a single row."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class AnswerRanker:
    """`order` scores candidates against each other; `trust` gives the log-odds that the first of them is right.

    `threshold` is the confidence, 0..1, from which an answer is given at a boldness of 0.5.
    """

    order: LinearModel
    trust: LinearModel
    threshold: float

    @classmethod
    def read(cls, fitted: Mapping[str, Any]) -> "AnswerRanker":
        """Return the ranker of one part of the weights' file. Raises ModelError if it doesn't fit the features."""
        order = LinearModel.read(fitted["order"], FEATURES)
        trust = LinearModel.read(fitted["trust"], CONFIDENCE_FEATURES)
        return cls(order, trust, float(fitted["threshold"]))

    def confidence(self, row: FeatureMatrix, boost: float = 0.0) -> float:
        """Return how likely the first candidate is right, 0..1.

        `row` holds the confidence features, `boost` is added to the log-odds.
        """
        return _probability(float(self.trust.score(row)) + boost)

    def least_confidence(self, boldness: float) -> float:
        """Return the confidence from which an answer is given. `boldness` is 0..1."""
        odds = log(self.threshold / (1 - self.threshold))
        return _probability(odds + (0.5 - boldness) * 2 * BOLDEST)


@dataclass(frozen=True, slots=True)
class AnswerRankers:
    """`alone` knows no cross-encoder; `reranked` is for candidates that one has read."""

    alone: AnswerRanker
    reranked: AnswerRanker

    @classmethod
    def load(cls, bundled: bool = True) -> "AnswerRankers":
        """Return the fitted rankers, or plain ones where there is no file.

        Plain ones are taken too where the vectors aren't the bundled model's: another model's cosines have another
        scale. Raises ModelError for a file not as published.
        """
        if not bundled or not (FITTED / FILE).exists():
            return cls.plain()
        fitted = read_fitted(FILE)
        return cls(AnswerRanker.read(fitted["alone"]), AnswerRanker.read(fitted["reranked"]))

    @classmethod
    def plain(cls) -> "AnswerRankers":
        """Return rankers that need no fitting: similarity and words added up, with the cross-encoder's own score.

        Whether to answer rests on what doesn't depend on a model's scale: words, the answer type, the cross-encoder.
        """
        nearness = {"similarity": 1.0, "article's words": 0.3}
        held = {"words covered around": 3.0, "holds what is asked": 1.0}
        return cls(_plain(nearness, held), _plain(nearness | {"cross-encoder": 0.1}, held | {"cross-encoder": 0.6}))


def _plain(order: dict[str, float], trust: dict[str, float]) -> AnswerRanker:
    unused_order = dict.fromkeys(names_of(FEATURES), 0.0)
    unused_trust = dict.fromkeys(names_of(CONFIDENCE_FEATURES), 0.0)
    return AnswerRanker.read(
        {
            "order": {"bias": 0, "weights": unused_order | order},
            "trust": {"bias": -1.5, "weights": unused_trust | trust},
            "threshold": 0.35,
        }
    )


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))
