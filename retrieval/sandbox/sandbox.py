"""Run functions in a child process that stays alive for many calls and is killed when one misses its deadline."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Protocol

from retrieval.errors import ReadError
from retrieval.sandbox.protocol import (
    SandboxEnd,
    SandboxJob,
    SandboxReady,
    SandboxResult,
    failure_of,
    receive,
    result,
    send,
)

MEMORY = 3 * 1024**3
"""Bytes of address space that the child may have; libraries alone take some 500 MB of it."""
IDLE = 120.0
"""Seconds without a job after which the child ends."""
_START = 120.0  # seconds that the child may take to start, on a busy machine too
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""Variables that the child gets: what Python and the libraries need, and no token."""


class SandboxError(Exception):
    """A call that broke off; the message completes a sentence that begins with what was read."""


class ChildDiedError(SandboxError):
    """The child has ended, or sent what is no message."""


class Runner(Protocol):
    """What runs a function that may be hostile to run."""

    def run(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Return what `work` returns. Raises SandboxError."""

    def iterate(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Iterator[Any]:
        """Yield what `work` yields, each in at most so many seconds. Raises SandboxError."""


@contextlib.contextmanager
def _failures_told() -> Iterator[None]:
    """Raise SandboxError for whatever is raised inside, and ReadErrors as they are."""
    try:
        yield
    except Exception as error:
        failure = failure_of(error)
        raise failure if isinstance(failure, ReadError) else SandboxError(failure) from None


class InProcess:
    """Runs functions in this process, without a deadline: for tests, and for an operator who can press Ctrl-C."""

    def run(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ARG002
        """Return what `work` returns."""
        with _failures_told():
            return work(*arguments, **named)

    def iterate(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Iterator[Any]:  # noqa: ARG002
        """Yield what `work` yields."""
        with _failures_told():
            yield from work(*arguments, **named)

    def close(self) -> None:
        """Do nothing: there is no child."""


class Sandbox:
    """A child process for functions of modules, with picklable arguments. Calls from several threads take turns.

    The child has no token in its environment, at most `memory` bytes, and is started at the first call.
    """

    def __init__(self, memory: int = MEMORY, idle: float = IDLE) -> None:
        self._memory = memory
        self._idle = idle
        self._turn = threading.Lock()
        self._child: SandboxChild | None = None

    def run(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Return what `work` returns. Raises SandboxError where it fails or takes longer than `seconds`."""
        values = list(self.iterate(seconds, work, *arguments, **named))
        return values[0]

    def iterate(self, seconds: float, work: Callable[..., Any], *arguments: Any, **named: Any) -> Iterator[Any]:
        """Yield what `work` yields; its one value if it returns no iterator.

        Raises the ReadError that it raises, and SandboxError where it fails otherwise, or takes longer than `seconds`
        for one value.
        """
        with self._turn:
            ended = False
            try:
                child, message = self._first(SandboxJob(work, arguments, named, seconds))
                while isinstance(message, SandboxResult):
                    yield message.value
                    message = child.next(seconds)
                ended = isinstance(message, SandboxEnd) and not message.last
            finally:
                if not ended:  # late, dead, or left alone by the caller
                    self._end()
        failure = message.failure if isinstance(message, SandboxEnd) else "can't be read"
        if isinstance(failure, ReadError):
            raise failure
        if failure:
            raise SandboxError(failure)

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _first(self, job: SandboxJob) -> "tuple[SandboxChild, SandboxReady | SandboxResult | SandboxEnd]":
        """Return the child that has got the job and its first message; from a new child if the last has ended."""
        if self._child is not None:
            try:
                self._child.give(job)
                return self._child, self._child.next(job.seconds)
            except (OSError, ChildDiedError):  # it had been idle for too long; or it dies of the job once more
                self._end()
        self._child = SandboxChild(self._memory, self._idle)
        self._child.give(job)
        return self._child, self._child.next(job.seconds)

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class SandboxChild:
    """One child process. A thread receives its messages, so that waiting for one can end at a deadline."""

    def __init__(self, memory: int, idle: float) -> None:
        command = [sys.executable, "-m", "retrieval.sandbox.child", str(memory), str(idle)]
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )
        self._messages: SimpleQueue[bytes | None] = SimpleQueue()
        self._room = threading.Semaphore(4)  # messages that are read ahead
        threading.Thread(target=self._receive, args=(self._process.stdout,), daemon=True).start()
        if not isinstance(self.next(_START), SandboxReady):
            raise SandboxError("can't be read, as the process that reads doesn't start")

    def give(self, job: SandboxJob) -> None:
        """Send a job. Raises OSError if the child has ended."""
        assert self._process.stdin is not None
        send(self._process.stdin, job)

    def next(self, seconds: float) -> SandboxReady | SandboxResult | SandboxEnd:
        """Return the next message. Raises SandboxError if it doesn't come in time, or the child has died."""
        try:
            data = self._messages.get(timeout=seconds)
        except Empty:
            self.kill()
            raise SandboxError(f"takes longer than {seconds:g} s to be read") from None
        self._room.release()
        try:
            if data is not None:
                return result(data)
        except (pickle.UnpicklingError, ImportError, AttributeError, TypeError, ValueError, IndexError, KeyError):
            self.kill()
        raise ChildDiedError("can't be read: it took too much memory or time, or broke the reader")

    def kill(self) -> None:
        """End the process and those that it has started."""
        with contextlib.suppress(OSError, AttributeError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for _ in range(100):  # what waits for room ends, too
            self._room.release()
        for pipe in (self._process.stdin,):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _receive(self, stream: IO[bytes]) -> None:
        try:
            while True:
                self._room.acquire()
                self._messages.put(receive(stream))
        except (EOFError, OSError, ValueError):
            self._messages.put(None)
        finally:
            stream.close()
