"""A client for single HTTP requests: no redirects followed, no cookies, no proxies, no connections kept."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore2

from retrieval.errors import FetchFailed, size_in_words
from retrieval.fetching.addresses import WebAddress
from retrieval.fetching.deadline import Deadline, DeadlineExceeded
from retrieval.fetching.network import NetworkPolicy, PinnedBackend
from retrieval.fetching.response_body import UnusableBody, read_body
from retrieval.reasons import Reason, ReasonCode

_ACCEPTED = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"

Headers = Mapping[bytes | str, bytes | str]
"""Of a request, as httpcore2 takes them."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An HTTP response. Header names are lower case, the last of a repeated one counts; `body` is read for 200 only."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """Sends GET requests to addresses that the network policy allows."""

    def __init__(
        self,
        user_agent: str,
        *,
        network: NetworkPolicy | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._user_agent = user_agent
        self._network = network or NetworkPolicy()
        self._clock = clock
        self._now = now
        self._tls = self._network.trust()

    def get(self, address: WebAddress, seconds: float, *, headers: Headers, body: int) -> tuple[HttpResponse, float]:
        """Return the response and how many of the `seconds` it took; its body has at most `body` bytes.

        Raises FetchRefused, and FetchFailed for a server that can't be reached or whose answer can't be used.
        """
        began = self._clock()
        try:
            deadline = Deadline(seconds, self._clock)
            ips = self._network.checked(address, deadline)
            with self._pool(ips, deadline) as pool:
                return self._exchange(pool, address, headers, body), self._clock() - began
        except (DeadlineExceeded, httpcore2.TimeoutException):
            raise FetchFailed(address.named, Reason.of(ReasonCode.TOO_SLOW)) from None
        except UnusableBody as error:
            raise FetchFailed(address.named, error.reason) from None
        except httpcore2.ProtocolError:
            raise FetchFailed(address.named, "its server's answer breaks the rules of HTTP, or broke off") from None
        except (httpcore2.NetworkError, OSError) as error:
            raise FetchFailed(address.named, _unreachable(error)) from None

    def _pool(self, ips: list[str], deadline: Deadline) -> httpcore2.ConnectionPool:
        return httpcore2.ConnectionPool(
            ssl_context=self._tls, max_connections=1, network_backend=PinnedBackend(ips, deadline)
        )

    def _exchange(
        self, pool: httpcore2.ConnectionPool, address: WebAddress, headers: Headers, limit: int
    ) -> HttpResponse:
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
                return HttpResponse(response.status, received, b"")
            announced = received.get("content-length", "")
            if announced.isdigit() and int(announced[:20]) > limit:
                raise UnusableBody(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
            body = read_body(response.iter_stream(), received.get("content-encoding", ""), limit)
            return HttpResponse(response.status, received, body)

    def retry_after(self, reply: HttpResponse) -> float | None:
        """Return the seconds of the Retry-After header; None where there is none."""
        written = reply.headers.get("retry-after", "").strip()
        if written.isascii() and written.isdigit() and len(written) < 10:
            return float(written)
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, OverflowError):  # the latter for numbers that no date has
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._now()).total_seconds())


def _url(address: WebAddress) -> httpcore2.URL:
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
