"""The deadline of a fetch."""

import time
from collections.abc import Callable


class DeadlineExceeded(Exception):
    """The time for a fetch is over."""


class Deadline:
    """The moment by which a fetch must be done. `clock` returns monotonic seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds left, more than 0. Raises DeadlineExceeded."""
        left = self._end - self._clock()
        if left <= 0:
            raise DeadlineExceeded
        return left
