"""The ways to read who speaks a quotation, and what was made of them."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.domain import Span
from retrieval.quotes.attribution.model import Features, Ranker, softmax
from retrieval.quotes.entities.entity import Entity

GIVING = 2
"""How many times likelier another choice of the same speaker must be than the clause that gives the words."""

Shares = tuple[tuple[Entity | None, float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One phrase that may name the speaker, and one entity that it may mean.

    Choices of the same `phrase` are readings of one phrase: `features` speak for the phrase, `referring` for the
    entity. `entity` is None for "the article does not tell". A speaker taken over from another quotation brings
    along the doubts about that one: `spread`.
    """

    entity: Entity | None
    mention: Span | None
    phrase: int
    features: Features
    why: str
    referring: Features = field(default_factory=dict)
    spread: Shares = ()

    @property
    def shares(self) -> Shares:
        return self.spread or ((self.entity, 1.0),)


@dataclass(frozen=True, slots=True)
class Reading:
    """One quotation's choices with their probabilities, and these summed up by entity, the likeliest first."""

    choices: tuple[tuple[Choice, float], ...]
    entities: Shares

    @property
    def best(self) -> Choice | None:
        """The likeliest choice of the likeliest entity; a clause that gives the words is preferred to others."""
        if not self.entities:
            return None
        entity = self.entities[0][0]
        fitting = [pair for pair in self.choices if pair[0].entity is entity]
        return max(
            fitting or self.choices, key=lambda pair: pair[1] * (GIVING if pair[0].features.get("gives") else 1)
        )[0]


def weigh(ranker: Ranker, choices: Sequence[Choice]) -> Reading:
    """A softmax over all choices; a phrase that may mean many has no better chance for it."""
    readings = Counter(choice.phrase for choice in choices)
    scores = [
        ranker.score(choice.features) + ranker.score(choice.referring) - math.log(readings[choice.phrase])
        for choice in choices
    ]
    weighed = softmax(scores)
    totals: dict[int, tuple[Entity | None, float]] = {}
    for choice, probability in zip(choices, weighed, strict=True):
        for entity, share in choice.shares:
            totals[id(entity)] = (entity, totals.get(id(entity), (entity, 0.0))[1] + probability * share)
    ranked = sorted(totals.values(), key=lambda pair: -pair[1])
    return Reading(tuple(zip(choices, weighed, strict=True)), tuple(ranked))
