"""How hosts are treated: one request at a time, and a pause between two."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PAUSE = 1.0
"""Seconds between the end of one request to a host and the next one's beginning."""


class Manners:
    """Of one process. `sleep` waits for so many seconds, `clock` counts them."""

    def __init__(self, pause: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Inside, nobody else asks this host; `delay` is a longer pause that it wants."""
        with self._turns[host]:
            if host in self._last:
                wait = self._last[host] + max(self._pause, delay) - self._clock()
                if wait > 0:
                    self._sleep(wait)
            try:
                yield
            finally:
                self._last[host] = self._clock()
