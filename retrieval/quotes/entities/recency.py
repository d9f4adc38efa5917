"""Recency: which entities an article named last before a token, without a look at all that it names."""

from bisect import bisect_left
from collections.abc import Iterable

from retrieval.quotes.entities.entity import Entity


class Recency:
    """The entities named last before each token of an article, the nearest first, at most `most` of them."""

    def __init__(self, most: int) -> None:
        """Begin with no naming."""
        self._most = most
        self._tokens: list[int] = []
        self._latest: list[tuple[tuple[int, Entity], ...]] = []

    @classmethod
    def of(cls, entities: Iterable[Entity], most: int) -> "Recency":
        """Return the recency of entities by their occurrences."""
        found = cls(most)
        named = ((token, entity) for entity in entities for token in entity.occurrences)
        for token, entity in sorted(named, key=lambda pair: pair[0]):
            found.add(token, entity)
        return found

    def add(self, token: int, entity: Entity) -> None:
        """Add a naming that stands behind all those before, by token index."""
        earlier = self._latest[-1] if self._latest else ()
        others = tuple(pair for pair in earlier if pair[1] is not entity)
        self._tokens.append(token)
        self._latest.append(((token, entity), *others[: self._most - 1]))

    def before(self, token: int) -> tuple[tuple[int, Entity], ...]:
        """Return the last naming before a token, and its entity, for each of the entities named last."""
        at = bisect_left(self._tokens, token) - 1
        return self._latest[at] if at >= 0 else ()
