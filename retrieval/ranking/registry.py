"""What a ranking is made of, declared: features of a fitted model, and values that were set by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from retrieval.errors import ModelError

Facts = TypeVar("Facts")
FeatureMatrix = npt.NDArray[np.float64]
"""Rows of features in the order in which they are declared; a single row has one dimension."""


class Sign(Enum):
    """What a fit may make of a feature's weight."""

    ANY = "any"
    NEVER_AGAINST = "at least 0"
    NEVER_FOR = "at most 0"


@dataclass(frozen=True)  # with slots, Python 3.11 can't make instances of a subscripted generic class
class RankingFeature(Generic[Facts]):
    """A number that is known of each candidate. `name` is its key in the weights' file."""

    name: str
    doc: str
    value: Callable[[Facts], float]
    sign: Sign = Sign.ANY


@dataclass(frozen=True, slots=True)
class HandSetValue:
    """A number that is set by hand, since too few questions show its effect; `source` says on what it rests."""

    name: str
    doc: str
    value: float
    unit: str
    source: str


def names_of(features: Sequence[RankingFeature[Facts]]) -> tuple[str, ...]:
    """Return the names in order. Raises ValueError if two features share one."""
    names = tuple(feature.name for feature in features)
    if len(set(names)) < len(names):
        raise ValueError(f"two features share a name: {sorted(names)}")
    return names


def row_of(features: Sequence[RankingFeature[Facts]], facts: Facts) -> list[float]:
    """Return the features' values for one candidate."""
    return [float(feature.value(facts)) for feature in features]


def weights_in_order(features: Sequence[RankingFeature[Facts]], weights: Mapping[str, float]) -> FeatureMatrix:
    """Return the weight of each feature. Raises ModelError if the names differ, or a weight has the wrong sign."""
    unknown, missing = set(weights) - set(names_of(features)), set(names_of(features)) - set(weights)
    if unknown or missing:
        raise ModelError(f"the fitted weights don't fit the features: {unknown=}, {missing=}")
    for feature in features:
        weight = weights[feature.name]
        if (feature.sign is Sign.NEVER_AGAINST and weight < 0) or (feature.sign is Sign.NEVER_FOR and weight > 0):
            raise ModelError(f"the fitted weight of {feature.name!r} is {weight}, which must be {feature.sign.value}")
    return np.array([float(weights[feature.name]) for feature in features])
