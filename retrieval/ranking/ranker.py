"""Which candidate comes first, and how likely it is to be right: linear models, fitted on questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.ranking.confidence_features import EVIDENCE
from retrieval.ranking.features import NAMES
from retrieval.weights.files import FITTED, read_fitted

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

    def confidence(self, evidence: Row, more: float = 0.0) -> float:
        """How likely the first candidate is right, 0..1. `evidence` is one row of `EVIDENCE`; `more` is in log-odds."""
        return _probability(float(self.trust.score(evidence)) + more)

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
    def load(cls, bundled: bool = True) -> "Rankers":
        """The fitted ones, or plain ones where there is no file, or where the vectors aren't the bundled model's: the
        cosines of another model have another scale. Raises ModelError for a file not as published."""
        if not bundled or not (FITTED / FILE).exists():
            return cls.plain()
        fitted = read_fitted(FILE)
        return cls(Ranker.read(fitted["alone"]), Ranker.read(fitted["reranked"]))

    @classmethod
    def plain(cls) -> "Rankers":
        """What does without fitting: the scores of meaning and words added up, and for the cross-encoder its own.

        Whether to answer rests on what doesn't depend on a model's scale: words, what is asked, the cross-encoder.
        """
        nearness = {"similarity": 1, "article's words": 0.3}
        held = {"words covered around": 3, "holds what is asked": 1}
        alone = {
            "order": {"bias": 0, "weights": nearness},
            "trust": {"bias": -1.5, "weights": held},
            "threshold": 0.35,
        }
        reranked = alone | {
            "order": {"bias": 0, "weights": nearness | {"cross-encoder": 0.1}},
            "trust": {"bias": -1.5, "weights": held | {"cross-encoder": 0.6}},
        }
        return cls(Ranker.read(alone), Ranker.read(reranked))


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))
