"""A pool of processes that do the same work, each on one item at a time."""

import multiprocessing
import queue
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

EXIT_SECONDS = 5.0
"""How long a worker that is told to end may take before it is killed."""


class WorkerDied(Exception):
    """The process that worked on an item ended, most often for want of memory."""


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A worker process and the pipe to it."""

    process: BaseProcess
    pipe: Connection


class WorkerPool(Generic[Item, Result]):
    """Runs what `make` makes in `count` processes, which start when they are first needed.

    A worker reads from a pipe that this process alone holds open, so that workers end with it however it ends;
    those of ProcessPoolExecutor would outlive a kill.
    """

    def __init__(self, make: Callable[[], Callable[[Item], Result]], count: int) -> None:
        """Take `make`, which is called once in each process and must be picklable."""
        self._make = make
        self._idle: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        self._workers: set[BaseProcess] = set()
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> "WorkerPool[Item, Result]":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in tuple(self._workers):
            process.terminate()
        self._threads.shutdown()
        for process in tuple(self._workers):  # one may have started meanwhile
            process.terminate()
            process.join(EXIT_SECONDS)
            process.kill()

    def submit(self, item: Item) -> "Future[Result]":
        """Return a future of the result; it raises what the work raised, or WorkerDied."""
        return self._threads.submit(self._run, item)

    def _run(self, item: Item) -> Result:
        worker = self._take()
        try:
            worker.pipe.send(item)
            result, error = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.discard(worker.process)
            raise WorkerDied from None
        self._idle.put(worker)
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def _take(self) -> WorkerProcess:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> WorkerProcess:
        context = multiprocessing.get_context("spawn")  # a fork would copy the locks of this process's threads
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._make), daemon=True)
        process.start()
        theirs.close()
        self._workers.add(process)
        return WorkerProcess(process, ours)


def work(pipe: Connection, make: Callable[[], Callable[[Item], Result]]) -> None:
    """Work off items until the pipe closes; the target of a worker process.

    Ctrl-C reaches every process of a terminal; the one that gave out the work sees to it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, leave)
    try:
        function = make()
        while True:
            pipe.send(outcome(function, pipe.recv()))
    except (EOFError, OSError):
        return


def leave(*_: object) -> None:
    """End in good order, so that what libraries opened is closed, and undisturbed by a second signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()


def outcome(function: Callable[[Item], Result], item: Item) -> tuple[Result | None, Exception | None]:
    """Return the result and no error, or no result and the error."""
    try:
        return function(item), None
    except Exception as error:
        return None, error
