"""One request: one address, no redirects followed, no cookies, no proxies, nothing kept."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore2

from retrieval.errors import FetchFailed, size_in_words
from retrieval.fetching.addresses import Address
from retrieval.fetching.bodies import Unusable, read_body
from retrieval.fetching.network import Deadline, Late, Network, Pinned
from retrieval.reasons import Reason, ReasonCode

_ACCEPTED = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"

Headers = Mapping[bytes | str, bytes | str]
"""Of a request, as httpcore2 takes them."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Header names are in lower case; of one that came twice the last counts. `body` is empty but for status 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    def __init__(
        self,
        user_agent: str,
        *,
        network: Network | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._user_agent = user_agent
        self._network = network or Network()
        self._clock = clock
        self._now = now
        self._tls = self._network.trust()

    def get(self, address: Address, seconds: float, *, headers: Headers, body: int) -> tuple[Reply, float]:
        """The answer, and how many of the `seconds` it took. At most `body` bytes are taken in.

        Raises FetchRefused, and FetchFailed for a server that can't be reached or whose answer can't be used.
        """
        began = self._clock()
        try:
            deadline = Deadline(seconds, self._clock)
            ips = self._network.checked(address, deadline)
            with self._pool(ips, deadline) as pool:
                return self._exchange(pool, address, headers, body), self._clock() - began
        except (Late, httpcore2.TimeoutException):
            raise FetchFailed(address.named, Reason.of(ReasonCode.TOO_SLOW)) from None
        except Unusable as error:
            raise FetchFailed(address.named, error.reason) from None
        except httpcore2.ProtocolError:
            raise FetchFailed(address.named, "its server's answer breaks the rules of HTTP, or broke off") from None
        except (httpcore2.NetworkError, OSError) as error:
            raise FetchFailed(address.named, _unreachable(error)) from None

    def _pool(self, ips: list[str], deadline: Deadline) -> httpcore2.ConnectionPool:
        return httpcore2.ConnectionPool(ssl_context=self._tls, max_connections=1, network_backend=Pinned(ips, deadline))

    def _exchange(self, pool: httpcore2.ConnectionPool, address: Address, headers: Headers, limit: int) -> Reply:
        sent: Headers = {
            "Host": address.site.partition("://")[2],
            "User-Agent": self._user_agent,
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        }
        with pool.stream("GET", _url(address), headers=sent) as response:
            received = {name.decode("latin-1").lower(): _text(value) for name, value in response.headers}
            if response.status != HTTPStatus.OK:
                return Reply(response.status, received, b"")
            announced = received.get("content-length", "")
            if announced.isdigit() and int(announced[:20]) > limit:
                raise Unusable(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
            body = read_body(response.iter_stream(), received.get("content-encoding", ""), limit)
            return Reply(response.status, received, body)

    def retry_after(self, reply: Reply) -> float | None:
        """Seconds that the server asks to be left alone, None where it doesn't say."""
        written = reply.headers.get("retry-after", "").strip()
        if written.isascii() and written.isdigit() and len(written) < 10:
            return float(written)
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, OverflowError):  # the latter for numbers that no date has
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._now()).total_seconds())


def _url(address: Address) -> httpcore2.URL:
    host, target = address.host.encode(), address.target.encode()
    return httpcore2.URL(scheme=address.scheme.encode(), host=host, port=address.port, target=target)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _unreachable(error: Exception) -> Reason:
    causes = [error, error.__cause__, error.__context__]
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Reason.stated("its server can't show a valid certificate")
    return Reason.of(ReasonCode.SERVER_UNREACHABLE)
