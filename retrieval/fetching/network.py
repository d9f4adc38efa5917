"""Resolve a host once, check all its IP addresses, and connect to a checked address only.

httpcore2 asks for a connection to a name and gets one to an IP address that was checked for this very request, so DNS
rebinding between check and connection has no effect. The name stays in the `Host` header and in TLS, where the
certificate is checked for it.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import httpcore2

from retrieval.errors import FetchFailed, FetchRefused
from retrieval.fetching.addresses import IPAddress, WebAddress, ip_literal, is_public
from retrieval.fetching.deadline import Deadline, DeadlineExceeded
from retrieval.reasons import Reason, ReasonCode

_NOT_FOUND = Reason.of(ReasonCode.HOST_NOT_FOUND)
"""The reason for unknown names and for private addresses alike, so that it doesn't reveal which inner names exist."""

_TRIES = 3
"""How many of a host's addresses are tried, one after the other."""

_WEB = frozenset({80, 443})


def system_resolver(host: str) -> Sequence[str]:
    """Return the IP addresses of a host by the system's own lookup. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_web_port(port: int) -> bool:
    """Return whether the port is 80 or 443."""
    return port in _WEB


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """Which addresses and ports may be reached, how names are looked up, and which certificates are trusted.

    The product uses the defaults; tests allow loopback.
    """

    resolve: Callable[[str], Sequence[str]] = system_resolver
    allowed: Callable[[IPAddress], bool] = is_public
    port_allowed: Callable[[int], bool] = is_web_port
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def checked(self, address: WebAddress, deadline: Deadline) -> list[str]:
        """Return the host's IP addresses. Raises FetchRefused if one isn't allowed, FetchFailed if there is none."""
        if not self.port_allowed(address.port):
            raise FetchRefused(address.named, f"names port {address.port}; only 80 and 443 are fetched from")
        given = ip_literal(address.host)
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

    def _looked_up(self, address: WebAddress, deadline: Deadline) -> Sequence[str]:
        """Look the name up in a thread, as the system's lookup has no time limit."""
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
            raise DeadlineExceeded from None
        if isinstance(answer, Exception):
            raise FetchFailed(address.named, _NOT_FOUND)
        return answer


class PinnedBackend(httpcore2.NetworkBackend):
    """A network backend that connects to `ips` only, whatever name is asked for."""

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
        """Connect to the first address that answers."""
        for number, ip in enumerate(self._ips, start=1):
            share = self._deadline.left() / (len(self._ips) - number + 1)
            try:
                return DeadlineStream(
                    self._plain.connect_tcp(ip, port, share, local_address, socket_options), self._deadline
                )
            except (httpcore2.NetworkError, httpcore2.ConnectTimeout):
                if number == len(self._ips):
                    raise
        raise AssertionError("a host that was checked has an address")


class DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every step is limited by one deadline, so that a byte a second doesn't keep it open."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read within the deadline."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write within the deadline."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Start TLS within the deadline."""
        return DeadlineStream(
            self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """Return the inner stream's information."""
        return self._stream.get_extra_info(info)
