"""Throttle requests by host: one at a time, with a pause between two."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cachetools import TTLCache

from retrieval.fetching.deadline import Deadline, DeadlineExceeded

PAUSE = 1.0
"""Seconds between the end of one request to a host and the start of the next."""
_HOSTS = 10_000  # hosts that are remembered at most; the least recently used are forgotten
_REMEMBERED = 600.0  # seconds; longer than any crawl delay and request


@dataclass(slots=True)
class HostTurn:
    """The lock of a host, and when its last request ended (None before the first)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float | None = None


class HostThrottle:
    """The throttle of one process. `clock` returns seconds, `sleep` waits for them."""

    def __init__(self, pause: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._turns: TTLCache[str, HostTurn] = TTLCache(_HOSTS, _REMEMBERED, clock)

    @contextmanager
    def turn(self, host: str, delay: float, deadline: Deadline) -> Iterator[None]:
        """Hold the only turn of a host, after waiting for the pause or for its longer crawl `delay` in seconds.

        Raises DeadlineExceeded at once where the wait would last beyond the deadline.
        """
        turn = self._remembered(host)
        if not turn.lock.acquire(timeout=deadline.left()):
            raise DeadlineExceeded
        try:
            self._wait(turn, delay, deadline)
            try:
                yield
            finally:
                turn.ended = self._clock()
                self._remembered(host, turn)
        finally:
            turn.lock.release()

    def hosts(self) -> int:
        """Return how many hosts are remembered."""
        with self._guard:
            return int(self._turns.currsize)

    def _wait(self, turn: HostTurn, delay: float, deadline: Deadline) -> None:
        if turn.ended is None:
            return
        wait = turn.ended + max(self._pause, delay) - self._clock()
        if wait >= deadline.left():
            raise DeadlineExceeded
        if wait > 0:
            self._sleep(wait)

    def _remembered(self, host: str, new: HostTurn | None = None) -> HostTurn:
        """Return the turn of a host and remember it anew; `new` if the host has been forgotten."""
        with self._guard:
            turn = self._turns.get(host) or new or HostTurn()
            self._turns[host] = turn
        return turn
