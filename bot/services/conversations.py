"""What each person asked last in each channel, so that a follow-up is understood. In memory, and forgotten soon."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from retrieval.answering.conversation import ConversationTurn

LIFETIME = 600.0
"""Seconds after which a conversation is forgotten."""

_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """Who talks, and in which channel."""

    channel: int
    person: int


class Conversations:
    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = lifetime
        self._clock = clock
        self._turns: OrderedDict[Place, tuple[float, ConversationTurn]] = OrderedDict()

    def recall(self, place: Place) -> ConversationTurn | None:
        self._forget_old()
        kept = self._turns.get(place)
        return kept[1] if kept else None

    def remember(self, place: Place, turn: ConversationTurn) -> None:
        self._forget_old()
        self._turns[place] = self._clock(), turn
        self._turns.move_to_end(place)
        if len(self._turns) > _REMEMBERED:
            self._turns.popitem(last=False)

    def of(self, person: int) -> list[str]:
        """The questions that are still remembered."""
        self._forget_old()
        return [turn.question for place, (_, turn) in self._turns.items() if place.person == person]

    def forget(self, person: int) -> None:
        for place in [place for place in self._turns if place.person == person]:
            del self._turns[place]

    def _forget_old(self) -> None:
        """The oldest stand first."""
        oldest = self._clock() - self.lifetime
        while self._turns and next(iter(self._turns.values()))[0] <= oldest:
            self._turns.popitem(last=False)
