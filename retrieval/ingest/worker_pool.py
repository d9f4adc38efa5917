"""A pool of processes that do the same work, each on one item at a time and within a time limit."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

from retrieval.child_process import ChildProcess

Item = TypeVar("Item")
Result = TypeVar("Result")

STARTUP_SECONDS = 300.0
"""How long a worker may take to load its models; some 15 s on an idle machine."""


class WorkerDied(Exception):
    """The process that worked on an item ended, most often for want of memory."""


class WorkTimedOut(Exception):
    """The work on an item took longer than `seconds`; its process was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {seconds:.0f} s")
        self.seconds = seconds


class WorkFailed(Exception):
    """The work on an item raised the error that the message names."""


class WorkerNotStarted(Exception):
    """A worker process can't load what it works with; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What a worker sends back: a result, or else the error in words. An error itself may not be picklable."""

    result: Result | None
    error: str | None


class WorkerPool(Generic[Item, Result]):
    """Runs what `make` makes in `count` processes, which start when they are first needed."""

    def __init__(self, make: Callable[[], Callable[[Item], Result]], count: int) -> None:
        """Take `make`, which is called once in each process and must be picklable."""
        self._make = make
        self._idle: queue.LifoQueue[ChildProcess] = queue.LifoQueue()
        self._workers: set[ChildProcess] = set()
        self._changing = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> "WorkerPool[Item, Result]":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._changing:
            self._closed = True
            workers = tuple(self._workers)
        for worker in workers:
            worker.terminate()
        for worker in workers:  # one that is stuck doesn't hear, and its thread waits for it
            worker.end()
        self._threads.shutdown()
        for worker in workers:
            worker.pipe.close()

    def submit(self, item: Item, seconds: float) -> "Future[Result]":
        """Return a future of the result, for which the work may take `seconds`, loading models apart.

        It raises WorkFailed, WorkTimedOut, WorkerDied or WorkerNotStarted.
        """
        return self._threads.submit(self._run, item, seconds)

    def _run(self, item: Item, seconds: float) -> Result:
        worker = self._take()
        try:
            worker.pipe.send(item)
            if not worker.pipe.poll(seconds):
                raise WorkTimedOut(seconds)
            outcome: Outcome[Result] = worker.pipe.recv()
        except BaseException as error:
            self._discard(worker)
            if isinstance(error, (EOFError, OSError)):
                raise WorkerDied from None
            raise
        self._idle.put(worker)
        if outcome.error is not None:
            raise WorkFailed(outcome.error)
        return outcome.result  # type: ignore[return-value]

    def _take(self) -> ChildProcess:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> ChildProcess:
        with self._changing:
            if self._closed:
                raise WorkerDied
            worker = ChildProcess(partial(work, self._make))
            self._workers.add(worker)
        try:
            ready: Outcome[None] = (
                worker.pipe.recv() if worker.pipe.poll(STARTUP_SECONDS) else Outcome(None, "too slow")
            )
        except (EOFError, OSError):
            ready = Outcome(None, "its process ended, most likely for want of memory")
        if ready.error is not None:
            self._discard(worker)
            raise WorkerNotStarted(ready.error)
        return worker

    def _discard(self, worker: ChildProcess) -> None:
        worker.kill()
        with self._changing:
            self._workers.discard(worker)


def work(make: Callable[[], Callable[[Item], Result]], pipe: Connection) -> None:
    """Say when the models are loaded, then work off items until the pipe closes; what a worker process runs."""
    made = attempt(make)
    pipe.send(Outcome(None, made.error))
    while made.result is not None:
        item: Item = pipe.recv()
        pipe.send(attempt(partial(made.result, item)))


def attempt(function: Callable[[], Result]) -> Outcome[Result]:
    """Return what the function returns, or its error in words."""
    try:
        return Outcome(function(), None)
    except Exception as error:
        return Outcome(None, f"{type(error).__name__}: {error}")
