"""What can be made to go wrong between the bot and the loopback Discord. Tests fill the table; nobody else does."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class InjectedFault:
    """The next `times` requests that match are answered with it, and never reach the server.

    `path` is a shell pattern over what comes after `/api/v10`; `delay` is in seconds. A status of None lets the
    request through after the delay: so an acknowledgement comes too late, and is answered as Discord would (10062).
    `retry_after` goes with status 429, in seconds. With `cut` what was asked is done, but the connection breaks
    before the answer.
    """

    method: str
    path: str
    status: int | None = None
    code: int = 0
    message: str = "injected"
    retry_after: float | None = None
    delay: float = 0.0
    cut: bool = False
    times: int = 1

    def matches(self, method: str, path: str) -> bool:
        """Return whether a request is answered with this fault."""
        return self.method in (method, "*") and fnmatchcase(path, self.path)


class FaultTable:
    """The faults that wait for a request, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[tuple[InjectedFault, int]] = []

    def add(self, fault: InjectedFault) -> None:
        """Let the next matching requests be answered with a fault."""
        self._waiting.append((fault, fault.times))

    def take(self, method: str, path: str) -> InjectedFault | None:
        """The first fault that matches, used once."""
        for place, (fault, left) in enumerate(self._waiting):
            if fault.matches(method, path):
                if left == 1:
                    del self._waiting[place]
                else:
                    self._waiting[place] = (fault, left - 1)
                return fault
        return None
