"""A conditional logit over alternatives: score = weights x features, probability = softmax of the scores."""

import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources

Features = dict[str, float]


class Ranker:
    """`weights` by feature; a feature without a weight counts nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @classmethod
    def load(cls) -> "Ranker":
        """The fitted weights that come with the package."""
        file = resources.files("retrieval.weights").joinpath("speakers.json")
        return cls(json.loads(file.read_text(encoding="utf-8")))

    def score(self, features: Features) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())


def softmax(scores: Sequence[float]) -> list[float]:
    """One probability a score; they sum to 1."""
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]
