"""Conditional logit over hypotheses: score = sum of weight x value, probability = softmax of the scores."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from retrieval.domain import Kind
from retrieval.quotes.attribution.certainty import certainty_facts
from retrieval.quotes.attribution.features import certainty_registry, pronoun_registry, speaker_registry
from retrieval.quotes.attribution.hypotheses import SpeakerDistribution, SpeakerHypothesis
from retrieval.quotes.attribution.registry import FeatureRegistry, Features, UndeclaredFeature
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.pronouns import PronounLinkFacts


@dataclass(frozen=True, slots=True)
class EntityContributions:
    """What each feature group adds to the score of an entity's best hypothesis, in log-odds by group name."""

    entity: Entity | None
    hypothesis: SpeakerHypothesis
    groups: Mapping[str, float]


class LinearScorer:
    """Scores features by weights. Raises UndeclaredFeature for a weight of a name that the registry does not declare.

    A declared feature without a weight counts nothing.
    """

    def __init__(self, registry: FeatureRegistry, weights: Mapping[str, float]) -> None:
        """Check the weights against the registry."""
        if strangers := sorted(set(weights) - set(registry)):
            raise UndeclaredFeature(f"weights without a declared feature: {strangers}")
        self.registry = registry
        self.weights: Mapping[str, float] = dict.fromkeys(registry, 0.0) | dict(weights)

    def score(self, features: Features) -> float:
        """Return the sum of weight x value."""
        return sum(self.weights[name] * value for name, value in features.items())

    def contributions(self, features: Features) -> dict[str, float]:
        """Return the sum of weight x value of each feature group, those that are 0 left out."""
        found: dict[str, float] = {}
        for name, value in features.items():
            group = self.registry.group_of(name)
            found[group] = found.get(group, 0.0) + self.weights[name] * value
        return {group: value for group, value in found.items() if value}


class SpeakerModel(LinearScorer):
    """Weighs the speaker hypotheses of a quotation.

    `pronouns` scores links between pronouns and people, `certainty` the choice that is made.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        pronouns: Mapping[str, float] | None = None,
        certainty: Mapping[str, float] | None = None,
    ) -> None:
        """Keep the weights; without `pronouns` or `certainty` the registry's priors stand in."""
        super().__init__(speaker_registry(), weights)
        registry = pronoun_registry()
        self._pronouns = LinearScorer(registry, registry.priors() if pronouns is None else pronouns)
        choices = certainty_registry()
        self._certainty = LinearScorer(choices, choices.priors() if certainty is None else certainty)

    @classmethod
    def load(cls) -> "SpeakerModel":
        """Return the model with the weights that come with the package."""
        return cls(shipped_weights("speakers"), shipped_weights("pronouns"), shipped_weights("certainty"))

    def distribution(self, hypotheses: Sequence[SpeakerHypothesis]) -> SpeakerDistribution:
        """Return the softmax over all hypotheses; a phrase with many referents has no better chance for it."""
        referents = Counter(hypothesis.phrase for hypothesis in hypotheses)
        scores = [
            self.score(each.features) + self.score(each.referent_features) - math.log(referents[each.phrase])
            for each in hypotheses
        ]
        return SpeakerDistribution.of(hypotheses, softmax(scores))

    def certainty(self, speakers: SpeakerDistribution, kind: Kind, words: int) -> float:
        """Return the probability that the likeliest speaker is right, 0 where that is nobody.

        `words` counts the words of the quotation.
        """
        facts = certainty_facts(speakers, kind, words)
        if facts is None:
            return 0.0
        return 1 / (1 + math.exp(-self._certainty.score(self._certainty.registry.features(facts))))

    def explain(self, speakers: SpeakerDistribution) -> list[EntityContributions]:
        """Return the contributions of the feature groups to the likeliest speaker and to the runner-up."""
        entities = [entity for entity, _ in speakers.entities if speakers.supporting(entity)]
        found = []
        for entity in entities[:2]:
            best = speakers.best_for(entity)
            groups = self.contributions(best.features | best.referent_features)
            found.append(EntityContributions(entity, best, groups))
        return found

    def pronoun_score(self, facts: PronounLinkFacts) -> float:
        """Return how likely a pronoun means a person, in sentences of nearness."""
        return self._pronouns.score(self._pronouns.registry.features(facts))


def shipped_weights(name: str) -> dict[str, float]:
    """Return the weights that come with the package as `retrieval/weights/NAME.json`."""
    file = resources.files("retrieval.weights").joinpath(f"{name}.json")
    found: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return found


def softmax(scores: Sequence[float]) -> list[float]:
    """Return one probability a score; they sum to 1."""
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
