"""The last question of each person in each channel, so that a follow-up is understood. In memory alone."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from cachetools import TTLCache

from retrieval.dialogue.turns import ConversationTurn

LIFETIME = 600.0
"""Seconds after which a conversation is forgotten."""

_REMEMBERED = 30_000_000
"""Characters of all turns together: an answer holds the articles that it cites."""
_OVERHEAD = 6_000
"""Characters that a turn counts for beside its articles, so that 5,000 are remembered at most."""


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Who talks, and in which channel: Discord's ids."""

    channel: int
    person: int


class Conversations:
    """Keeps at most 5,000 last turns, and 30 million characters of their articles, each for `lifetime` seconds."""

    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = lifetime
        self._turns: TTLCache[ConversationKey, ConversationTurn] = TTLCache(_REMEMBERED, lifetime, clock, _size)

    def recall(self, key: ConversationKey) -> ConversationTurn | None:
        """Return the last turn there, if it isn't forgotten."""
        return self._turns.get(key)

    def remember(self, key: ConversationKey, turn: ConversationTurn) -> None:
        """Keep a turn in place of the last one there; none where it is too large."""
        self._turns.pop(key, None)
        with suppress(ValueError):
            self._turns[key] = turn

    def of(self, person: int) -> list[str]:
        """Return the questions of a person that are still remembered."""
        return [turn.question for key, turn in self._turns.items() if key.person == person]

    def forget(self, person: int) -> None:
        """Delete the turns of a person."""
        for key in [key for key in self._turns if key.person == person]:
            self._turns.pop(key, None)


def _size(turn: ConversationTurn) -> int:
    """Return the characters that a turn counts for."""
    cited = [*turn.answer.citations, *(miss.citation for miss in turn.answer.near_misses)]
    articles = {id(article): article for citation in cited for article in (citation.article, *citation.also_in)}
    return _OVERHEAD + sum(len(article.text) for article in articles.values())
