"""The messages between the sandbox and its child process: pickles behind their length, and only of known classes.

The child parses hostile content, so what comes from it isn't trusted: its messages may name no other class than those
of results, lest a child that was taken over runs code in the parent.
"""

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from retrieval.errors import ReadError

_SIZE = 8  # bytes of a message's length
MOST = 512 * 1024 * 1024
"""Bytes of one message at most."""
_RESULTS = frozenset(
    (
        ("retrieval.domain", "Article"),
        ("retrieval.errors", "ReadError"),
        ("retrieval.reasons", "Reason"),
        ("retrieval.reasons", "ReasonCode"),
        ("retrieval.sources.listing_entries", "ListingEntry"),
        ("retrieval.sources.sitemaps", "Sitemap"),
        ("retrieval.sandbox.protocol", "SandboxResult"),
        ("retrieval.sandbox.protocol", "SandboxEnd"),
        ("retrieval.sandbox.protocol", "SandboxReady"),
    )
)


@dataclass(frozen=True, slots=True)
class SandboxJob:
    """What the child is asked to do, in at most so many seconds an item: call `work`, and send what it yields."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class SandboxReady:
    """The child has started and waits for jobs."""


@dataclass(frozen=True, slots=True)
class SandboxResult:
    """One result of a job."""

    value: Any


@dataclass(frozen=True, slots=True)
class SandboxEnd:
    """The end of a job; `failure` says why it broke off, or is the ReadError that it raised; None if it didn't.

    `last` says that the child ends with it.
    """

    failure: "str | ReadError | None" = None
    last: bool = False


def failure_of(error: Exception) -> "str | ReadError":
    """Return how a job ended that raised an error."""
    if isinstance(error, ReadError):
        return error
    if isinstance(error, MemoryError):
        return "takes too much memory to be read"
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return f"can't be read ({type(error).__name__}: {str(error)[:200]})"


class ResultUnpickler(pickle.Unpickler):
    """Unpickles messages of the child, in which no class may stand that isn't a result's."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of results. Raises UnpicklingError for any other name."""
        if (module, name) not in _RESULTS:
            raise pickle.UnpicklingError(f"{module}.{name} is no result")
        return super().find_class(module, name)


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_SIZE, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Return the pickle of one message. Raises EOFError where the stream ends."""
    size = int.from_bytes(_exactly(stream, _SIZE), "big")
    if size > MOST:
        raise EOFError
    return _exactly(stream, size)


def result(data: bytes) -> SandboxReady | SandboxResult | SandboxEnd:
    """Return a message of the child. Raises UnpicklingError."""
    message = ResultUnpickler(io.BytesIO(data)).load()
    if not isinstance(message, SandboxReady | SandboxResult | SandboxEnd):
        raise pickle.UnpicklingError("no message")
    return message


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
