"""How often one person, and one server, may ask; and when to come back."""

import math
from collections import deque
from collections.abc import Callable
from time import time

from bot.interactions.errors import TooFast

WINDOW = 60.0
_REMEMBERED = 10_000


class Cooldowns:
    """`person` and `server` are uses a minute. `clock` gives seconds since 1970, for people are told a moment."""

    def __init__(self, *, person: int, server: int, clock: Callable[[], float] = time) -> None:
        self._rates = {"person": person, "server": server}
        self._clock = clock
        self._uses: dict[tuple[str, int], deque[float]] = {}
        self._told: dict[tuple[str, int], float] = {}

    def take(self, person: int, server: int | None) -> None:
        """Count one use. Raises TooFast, and counts nothing, if it is one too many for the person or the server."""
        now = self._clock()
        self._forget(now)
        keys = [("person", person), *([("server", server)] if server is not None else [])]
        for key in keys:
            self._check(key, now)
        for key in keys:
            self._uses.setdefault(key, deque()).append(now)

    def _check(self, key: tuple[str, int], now: float) -> None:
        uses = self._uses.get(key, deque())
        while uses and uses[0] <= now - WINDOW:
            uses.popleft()
        if len(uses) < self._rates[key[0]]:
            return
        until = uses[0] + WINDOW
        repeated = self._told.get(key, 0.0) > now - WINDOW
        self._told[key] = now
        raise TooFast(math.ceil(until), key[0], repeated=repeated)

    def _forget(self, now: float) -> None:
        if len(self._uses) > _REMEMBERED:
            self._uses = {key: uses for key, uses in self._uses.items() if uses and uses[-1] > now - WINDOW}
            self._told = {key: moment for key, moment in self._told.items() if moment > now - WINDOW}
