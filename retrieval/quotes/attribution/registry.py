"""Declared features of the attribution models: families of names, feature groups, and the registry that looks them up.

Raises UndeclaredFeature for a name that no group declares, and ValueError for declarations that contradict each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from string import Formatter
from typing import Any, ClassVar, Generic, Literal, TypeVar

Facts = TypeVar("Facts")
Group = type["FeatureGroup[Any]"]
Features = dict[str, float]
Sign = Literal["+", "-", "any"]


class UndeclaredFeature(KeyError):
    """A feature name that no registered group declares."""


@dataclass(frozen=True, slots=True)
class FeatureFamily:
    """Feature names of one pattern, with what is believed of their weights before any example is seen.

    `names` are the pattern's names for all values of its fields; `priors` are log-odds by name, 0 where absent. `sign`
    is the direction that prior and weight of each name must keep.
    """

    pattern: str
    names: tuple[str, ...]
    priors: Mapping[str, float]
    sign: Sign

    def prior(self, name: str) -> float:
        """Return the weight that a name has before any example is seen."""
        return self.priors.get(name, 0.0)


def family(
    pattern: str,
    prior: float | Mapping[str, float] = 0.0,
    *,
    sign: Sign = "any",
    without: Iterable[str] = (),
    **values: Iterable[object],
) -> FeatureFamily:
    """Return the family of a pattern such as "clause:{side}:gap:{gap}", given the closed values of its fields.

    `prior` holds for all names, or is a mapping by name; `without` are combinations that can't occur.
    Raises ValueError for a prior outside of the family, or one that its sign contradicts.
    """
    fields = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    combinations = product(*([str(value) for value in values[name]] for name in fields))
    expanded = (pattern.format(**dict(zip(fields, chosen, strict=True))) for chosen in combinations)
    names = tuple(name for name in expanded if name not in set(without))
    stated = prior if isinstance(prior, Mapping) else dict.fromkeys(names, prior) if prior else {}
    priors = {name: float(value) for name, value in stated.items()}
    if strangers := sorted(set(priors) - set(names)):
        raise ValueError(f"priors of the family {pattern} for names that are not in it: {strangers}")
    if wrong := [name for name, value in priors.items() if not agrees(sign, value)]:
        raise ValueError(f"priors of the family {pattern} against its sign: {wrong}")
    return FeatureFamily(pattern, names, priors, sign)


def agrees(sign: Sign, value: float) -> bool:
    """Return whether a weight has the direction that is expected of it; 0 always has."""
    return sign == "any" or not value or (value > 0) == (sign == "+")


@dataclass(frozen=True, slots=True)
class FeatureExample:
    """An article and what a group must yield for the quotation that contains `words`.

    Some hypothesis for the speaker with the full name `speaker` (None: nobody named) must carry `features`. `chosen`
    says that this speaker must also be the likeliest.
    """

    text: str
    words: str
    speaker: str | None
    features: Mapping[str, float] = field(default_factory=dict)
    chosen: bool = False


class FeatureGroup(ABC, Generic[Facts]):
    """Features that are computed from one kind of facts and are read, ablated and explained together.

    The first line of a group's docstring says what it looks at.
    """

    name: ClassVar[str]
    facts: ClassVar[type[Any]]
    families: ClassVar[tuple[FeatureFamily, ...]]
    examples: ClassVar[tuple[FeatureExample, ...]]

    @staticmethod
    @abstractmethod
    def compute(facts: Facts, /) -> Features:
        """Return the values of this group's features; every name must be in one of `families`."""


class FeatureRegistry:
    """The feature groups of one model. Raises ValueError where two groups share a name or a feature."""

    def __init__(self, groups: Sequence[Group]) -> None:
        """Register all features of the groups."""
        self.groups = tuple(groups)
        self._by_facts: dict[type[Any], list[Group]] = {}
        self._group_of: dict[str, str] = {}
        self._family_of: dict[str, FeatureFamily] = {}
        self._names_of: dict[str, frozenset[str]] = {}
        if len({group.name for group in groups}) != len(groups):
            raise ValueError("two feature groups share a name")
        for group in groups:
            self._by_facts.setdefault(group.facts, []).append(group)
            for each in group.families:
                self._declare(group, each)
            self._names_of[group.name] = frozenset(name for each in group.families for name in each.names)

    def _declare(self, group: Group, declared: FeatureFamily) -> None:
        for name in declared.names:
            if name in self._group_of:
                raise ValueError(f"the feature {name} is declared by {self._group_of[name]} and by {group.name}")
            self._group_of[name] = group.name
            self._family_of[name] = declared

    def __iter__(self) -> Iterator[str]:
        """Iterate over all declared feature names, group by group."""
        return iter(self._group_of)

    def __contains__(self, name: object) -> bool:
        """Return whether some group declares the name."""
        return name in self._group_of

    def features(self, facts: object) -> Features:
        """Return what all groups compute from the facts. Raises UndeclaredFeature for a name that is not declared."""
        found: Features = {}
        for group in self._by_facts[type(facts)]:
            computed = group.compute(facts)
            if not computed.keys() <= self._names_of[group.name]:
                names = sorted(computed.keys() - self._names_of[group.name])
                raise UndeclaredFeature(f"{', '.join(names)}, computed by the group {group.name}")
            found |= computed
        return found

    def group_of(self, name: str) -> str:
        """Return the name of the group that declares a feature."""
        try:
            return self._group_of[name]
        except KeyError:
            raise UndeclaredFeature(name) from None

    def sign(self, name: str) -> Sign:
        """Return the direction that the weight of a feature must have."""
        return self._family_of[name].sign

    def priors(self) -> dict[str, float]:
        """Return the weight of every declared feature before any example is seen."""
        return {name: declared.prior(name) for name, declared in self._family_of.items()}
