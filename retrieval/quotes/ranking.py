"""A conditional logit over the candidates of one quotation: score = weights x features, probability = softmax."""

import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources

Features = Mapping[str, float]


class Ranker:
    """`weights` by feature; a feature without a weight counts nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @classmethod
    def load(cls) -> "Ranker":
        """The fitted weights that come with the package."""
        file = resources.files("retrieval.quotes").joinpath("weights.json")
        return cls(json.loads(file.read_text(encoding="utf-8")))

    def score(self, features: Features) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())

    def probabilities(self, candidates: Sequence[Features]) -> list[float]:
        """One probability a candidate; they sum to 1."""
        if not candidates:
            return []
        scores = [self.score(features) for features in candidates]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]
