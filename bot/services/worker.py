"""The one crossing from the event loop to work that takes long: bounded, with a time limit."""

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, Generic, TypeVar, cast

from bot.errors import Busy, ShuttingDown, TookTooLong

T = TypeVar("T")

_SMOOTHING = 0.2


class _Job(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self.wanted = True


class Worker:
    """Run callables on `threads` threads; `queue` more may wait.

    `limit` is in seconds, from the moment that somebody asked. Work that has begun can't be stopped: after the limit
    its result is thrown away, but its thread counts as taken until it is done.
    """

    def __init__(
        self, *, threads: int, queue: int, limit: float, clock: Callable[[], float] = monotonic, guess: float = 1.0
    ) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="answering")
        self._threads = threads
        self._room = threads + queue
        self._limit = limit
        self._clock = clock
        self._usual = guess
        self._taken = 0
        self._refusing = False
        self._closing = asyncio.Event()

    @property
    def estimate(self) -> int:
        """Return the seconds, rounded up, until work that was handed in now would be done."""
        return max(1, math.ceil(self._expected))

    @property
    def _expected(self) -> float:
        return (self._taken // self._threads + 1) * self._usual

    @property
    def _full(self) -> bool:
        """Return whether more work would find no room, or wait longer than the limit."""
        in_vain = self._taken >= self._threads and self._expected > self._limit
        return in_vain or self._taken >= self._room

    @property
    def busy(self) -> bool:
        """Return whether anything is being done."""
        return self._taken > 0

    async def run(self, work: Callable[[], T], limit: float | None = None) -> T:
        """Run `work` on a thread and return what it returns; `limit` is in seconds, the worker's own by default.

        Raises Busy at once if the queue is full, or so slow that the limit would pass; TookTooLong after the limit; and
        what `work` raises.
        """
        if self._refusing:
            raise ShuttingDown
        if self._full:
            raise Busy(self.estimate)
        limit = self._limit if limit is None else limit
        job = _Job(work)
        self._taken += 1
        future = asyncio.get_running_loop().run_in_executor(self._pool, self._timed, job)
        future.add_done_callback(self._finished)
        closing = asyncio.ensure_future(self._closing.wait())
        waited: set[asyncio.Future[Any]] = {future, closing}
        try:
            await asyncio.wait(waited, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            job.wanted = False
        if future.done():
            return cast("T", future.result())
        raise ShuttingDown if self._closing.is_set() else TookTooLong(limit)

    def _timed(self, job: "_Job[T]") -> T | None:
        if not job.wanted:
            return None
        begun = self._clock()
        try:
            return job.work()
        finally:
            self._usual += _SMOOTHING * (self._clock() - begun - self._usual)

    def _finished(self, future: "asyncio.Future[T | None]") -> None:
        self._taken -= 1
        if not future.cancelled():
            future.exception()  # an error that nobody waits for any more is no surprise

    def refuse(self) -> None:
        """Raise ShuttingDown for all work that comes from here on."""
        self._refusing = True

    def abandon(self) -> None:
        """Raise ShuttingDown for all that is waited for, too."""
        self.refuse()
        self._closing.set()

    def close(self) -> None:
        """End the threads without waiting: one that is at work ends with it."""
        self._pool.shutdown(wait=False, cancel_futures=True)
