"""From a host to a socket: looked up once, every address checked, and connected to the checked address alone.

httpcore2 asks for a connection to a name; what it gets is one to an address that was checked for this very request, so
a name whose answer changes between the check and the connection gains nothing. The name itself stays in the `Host`
header and in TLS, where certificates are checked for it.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import httpcore2

from retrieval.errors import FetchFailed, FetchRefused
from retrieval.fetching.addresses import Address, IPAddress, is_public, literal
from retrieval.reasons import Reason, ReasonCode

_NOT_FOUND = Reason.of(ReasonCode.HOST_NOT_FOUND)
"""Said of names that don't exist and of those that lead inside alike, so that nobody can ask which of them do."""

_TRIES = 3
"""Of a host's addresses that many are tried, one after the other."""

_WEB = frozenset({80, 443})


class Late(Exception):
    """The time for a fetch is over."""


class Deadline:
    """The moment by which all must be done. `clock` counts seconds from anywhere."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds, more than 0. Raises Late."""
        left = self._end - self._clock()
        if left <= 0:
            raise Late
        return left


def system_resolver(host: str) -> Sequence[str]:
    """The addresses of a host by the system's own lookup. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_web_port(port: int) -> bool:
    return port in _WEB


@dataclass(frozen=True, slots=True)
class Network:
    """What may be reached, how names are looked up, and whose certificates count.

    The product uses it as it is; tests lead it to loopback.
    """

    resolve: Callable[[str], Sequence[str]] = system_resolver
    allowed: Callable[[IPAddress], bool] = is_public
    port_allowed: Callable[[int], bool] = is_web_port
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def checked(self, address: Address, deadline: Deadline) -> list[str]:
        """The host's IP addresses. Raises FetchRefused if one of them isn't allowed, FetchFailed if there is none."""
        if not self.port_allowed(address.port):
            raise FetchRefused(address.named, f"names port {address.port}; only 80 and 443 are fetched from")
        given = literal(address.host)
        written = [str(given)] if given else self._looked_up(address, deadline)
        try:
            found = [ipaddress.ip_address(one) for one in written]
        except ValueError:
            raise FetchRefused(address.named, _NOT_FOUND) from None
        if not found:
            raise FetchFailed(address.named, _NOT_FOUND)
        if not all(self.allowed(ip) for ip in found):
            raise FetchRefused(address.named, _NOT_FOUND)
        return [str(ip) for ip in found]

    def _looked_up(self, address: Address, deadline: Deadline) -> Sequence[str]:
        """In a thread of its own, for the system's lookup knows no time limit."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(self.resolve(address.host))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            answer = answers.get(timeout=deadline.left())
        except Empty:
            raise Late from None
        if isinstance(answer, Exception):
            raise FetchFailed(address.named, _NOT_FOUND)
        return answer


class Pinned(httpcore2.NetworkBackend):
    """Connects to `ips` and nowhere else, whatever name is asked for."""

    def __init__(self, ips: Sequence[str], deadline: Deadline) -> None:
        self._ips = ips[:_TRIES]
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  it has been looked up
        port: int,
        timeout: float | None = None,  # noqa: ARG002  the deadline goes before it, here and below
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        for number, ip in enumerate(self._ips, start=1):
            share = self._deadline.left() / (len(self._ips) - number + 1)
            try:
                return Timed(self._plain.connect_tcp(ip, port, share, local_address, socket_options), self._deadline)
            except (httpcore2.NetworkError, httpcore2.ConnectTimeout):
                if number == len(self._ips):
                    raise
        raise AssertionError("a host that was checked has an address")


class Timed(httpcore2.NetworkStream):
    """A connection on which every step has only what is left of the time: a byte a second doesn't keep it open."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        return Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
