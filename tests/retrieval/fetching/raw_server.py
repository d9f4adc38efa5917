"""A server on loopback that says whatever a test wants it to say, rules of HTTP or not."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from retrieval.fetching import NetworkPolicy
from retrieval.fetching.addresses import IPAddress, is_public
from retrieval.fetching.network import system_resolver

OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"
"""What counts as the public internet in these tests, and what must never be reached."""

Answer = Callable[[socket.socket], None]


@dataclass
class RawServer:
    """`routes` by path; `reached` are the paths that were asked for, and an empty one for a bare connection."""

    listening: socket.socket
    routes: dict[str, bytes | Answer] = field(default_factory=dict)
    reached: list[str] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def url(self, path: str, host: str = "outside.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
                request += more
            path = request.split(b" ")[1].decode("latin-1") if request.count(b" ") > 1 else ""
            self.reached.append(path)
            self.asked.append(request)
            answer = self.routes.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection)


@contextmanager
def running(ip: str) -> Iterator[RawServer]:
    with socket.create_server((ip, 0)) as listening:
        server = RawServer(listening)
        threading.Thread(target=server.serve, daemon=True).start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return b"HTTP/1.1 " + status.encode() + b"\r\nContent-Length: 0\r\nLocation: " + location.encode() + b"\r\n\r\n"


def network(names: Mapping[str, list[str]] | None = None) -> NetworkPolicy:
    """The product's own, but that OUTSIDE is public, and that these names lead where they say."""
    known = {"outside.example": [OUTSIDE], "other.example": [OUTSIDE]} | dict(names or {})

    def allowed(ip: IPAddress) -> bool:
        return ip == ip_address(OUTSIDE) or is_public(ip)

    return NetworkPolicy(lambda host: known.get(host) or system_resolver(host), allowed, lambda _: True)
