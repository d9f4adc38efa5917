"""Which candidate comes first, and how likely it is to be right: linear models, fitted on questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.ranking.evidence import EVIDENCE
from retrieval.ranking.features import NAMES
from retrieval.ranking.fitted import FITTED, read_fitted

FILE = "ranker.json"
BOLDEST = 4.0
"""Log-odds by which a boldness of 0 or 1 moves the threshold of 0.5."""

Row = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of features; one that isn't named in `weights` doesn't count."""

    weights: Row
    bias: float

    @classmethod
    def read(cls, fitted: Mapping[str, Any], names: Sequence[str]) -> "Linear":
        """From `{"bias": number, "weights": {name: number}}`; `names` are those of the features, in their order."""
        return cls(np.array([float(fitted["weights"].get(name, 0)) for name in names]), float(fitted["bias"]))

    def score(self, features: Row) -> Row:
        """`features` is one row, or a matrix of rows."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Ranker:
    """`order` scores candidates against each other; `trust` gives the log-odds that the first of them is right.

    `threshold` is the confidence, 0..1, from which an answer is given at a boldness of 0.5.
    """

    order: Linear
    trust: Linear
    threshold: float

    @classmethod
    def read(cls, fitted: Mapping[str, Any]) -> "Ranker":
        order, trust = Linear.read(fitted["order"], NAMES), Linear.read(fitted["trust"], EVIDENCE)
        return cls(order, trust, float(fitted["threshold"]))

    def confidence(self, evidence: Row) -> float:
        """How likely the first candidate is right, 0..1. `evidence` is one row of `EVIDENCE`."""
        return _probability(float(self.trust.score(evidence)))

    def least_confidence(self, boldness: float) -> float:
        """The confidence from which an answer is given. `boldness` is 0..1."""
        odds = log(self.threshold / (1 - self.threshold))
        return _probability(odds + (0.5 - boldness) * 2 * BOLDEST)


@dataclass(frozen=True, slots=True)
class Rankers:
    """`alone` knows no cross-encoder; `reranked` is for candidates that one has read."""

    alone: Ranker
    reranked: Ranker

    @classmethod
    def load(cls) -> "Rankers":
        """The fitted ones, or plain ones where there is no file. Raises ModelError for a file not as published."""
        if not (FITTED / FILE).exists():
            return cls.plain()
        fitted = read_fitted(FILE)
        return cls(Ranker.read(fitted["alone"]), Ranker.read(fitted["reranked"]))

    @classmethod
    def plain(cls) -> "Rankers":
        """What does without fitting: the scores of meaning and words added up, and a bound to the first's."""
        alone: dict[str, Any] = {
            "order": {"bias": 0, "weights": {"similarity": 1, "article's words": 0.4}},
            "trust": {"bias": -5, "weights": {"similarity": 10}},
            "threshold": 0.5,
        }
        order = {"bias": 0, "weights": {"similarity": 1, "article's words": 0.4, "cross-encoder": 0.1}}
        return cls(Ranker.read(alone), Ranker.read(alone | {"order": order}))


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))
