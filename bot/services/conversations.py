"""The last question of each person in each channel, so that a follow-up is understood. In memory alone."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cachetools import TTLCache

from retrieval.dialogue.turns import ConversationTurn

LIFETIME = 600.0
"""Seconds after which a conversation is forgotten."""

_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Who talks, and in which channel: Discord's ids."""

    channel: int
    person: int


class Conversations:
    """Keeps at most 5,000 last turns, each for `lifetime` seconds."""

    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = lifetime
        self._turns: TTLCache[ConversationKey, ConversationTurn] = TTLCache(_REMEMBERED, lifetime, timer=clock)

    def recall(self, key: ConversationKey) -> ConversationTurn | None:
        """Return the last turn there, if it isn't forgotten."""
        return self._turns.get(key)

    def remember(self, key: ConversationKey, turn: ConversationTurn) -> None:
        """Keep a turn in place of the last one there."""
        self._turns[key] = turn

    def of(self, person: int) -> list[str]:
        """Return the questions of a person that are still remembered."""
        return [turn.question for key, turn in self._turns.items() if key.person == person]

    def forget(self, person: int) -> None:
        """Delete the turns of a person."""
        for key in [key for key in self._turns if key.person == person]:
            self._turns.pop(key, None)
