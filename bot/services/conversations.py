"""The last turns of people and replies, in memory alone, so that a follow-up is understood."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from cachetools import TTLCache

from retrieval.dialogue.turns import ConversationTurn

LIFETIME = 600.0
"""Seconds after which a conversation is forgotten."""

_REMEMBERED = 5_000


ANYBODY = 0
"""Stands for the person in the key of what everybody in a thread follows up."""


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Who talks, and in which channel: Discord's ids."""

    channel: int
    person: int


class Conversations:
    """Keeps at most 5,000 last turns of people, and as many of replies, each for `lifetime` seconds."""

    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = lifetime
        self._turns: TTLCache[ConversationKey, ConversationTurn] = TTLCache(_REMEMBERED, lifetime, timer=clock)
        self._replies: TTLCache[int, tuple[ConversationKey, ConversationTurn]] = TTLCache(
            _REMEMBERED, lifetime, timer=clock
        )

    def recall(self, key: ConversationKey) -> ConversationTurn | None:
        """Return the last turn there, if it isn't forgotten; else the one that everybody there follows up."""
        return self._turns.get(key) or self._turns.get(replace(key, person=ANYBODY))

    def recall_reply(self, message: int, channel: int) -> ConversationTurn | None:
        """Return the turn that a message of the bot answered in a channel, if it isn't forgotten."""
        kept = self._replies.get(message)
        return kept[1] if kept and kept[0].channel == channel else None

    def remember_reply(self, message: int, key: ConversationKey) -> None:
        """Keep the last turn of `key` as the one that a message of the bot answered."""
        if turn := self._turns.get(key):
            self._replies[message] = (key, turn)

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
        for message in [message for message, (key, _turn) in self._replies.items() if key.person == person]:
            self._replies.pop(message, None)
