"""Fetch an address politely: robots.txt, a pause between requests, redirects, conditional requests."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from retrieval.errors import FetchFailed, FetchGone, FetchRefused
from retrieval.fetching.addresses import WebAddress, parse_address, resolve_redirect
from retrieval.fetching.deadline import Deadline, DeadlineExceeded
from retrieval.fetching.fetch_limits import DEFAULT_LIMITS, ROBOTS_BODY, FetchLimits
from retrieval.fetching.http_client import Headers, HttpClient, HttpResponse
from retrieval.fetching.network import NetworkPolicy
from retrieval.fetching.robots import JudgeRules, RobotsRules, judge_rules
from retrieval.fetching.throttle import PAUSE, HostThrottle
from retrieval.reasons import Reason, ReasonCode
from retrieval.timing import timed

log = logging.getLogger(__name__)

_PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_REDIRECTS = {*_PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_FORBIDDEN = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}
_VALIDATOR_LENGTH = 500
CrawlDelay = Callable[[WebAddress, Deadline], float]


@dataclass(frozen=True, slots=True)
class CacheValidators:
    """The ETag and Last-Modified of an earlier response, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Headers:
        """Return the headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


NO_VALIDATORS = CacheValidators()


@dataclass(frozen=True, slots=True)
class FetchResult:
    """A fetched resource. `data` is empty where `unchanged`: the server confirmed the validators (304).

    `url` is the address behind all redirects, `moved_to` the address of permanent redirects, if any.
    """

    asked: str
    url: str
    data: bytes
    content_type: str | None = None
    validators: CacheValidators = NO_VALIDATORS
    moved_to: str | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches addresses; blocking, usable from any thread. `clock` returns seconds and `sleep` waits."""

    def __init__(  # noqa: PLR0913  all but the first are keywords
        self,
        user_agent: str,
        *,
        network: NetworkPolicy | None = None,
        limits: FetchLimits = DEFAULT_LIMITS,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        judge: JudgeRules = judge_rules,
    ) -> None:
        """`user_agent` up to its first slash is this program's name in robots.txt, whose rules `judge` applies."""
        self._client = HttpClient(user_agent, network=network)
        self._limits = limits
        self._clock = clock
        self._throttle = HostThrottle(pause, clock, sleep)
        self._robots = RobotsRules(user_agent.partition("/")[0].strip(), self._read_robots, clock, judge)

    def fetch(self, url: str, *, known: CacheValidators = NO_VALIDATORS) -> FetchResult:
        """Return the resource at `url`. Raises FetchRefused, FetchGone and FetchFailed."""
        asked, deadline = parse_address(url), Deadline(self._limits.whole, self._clock)
        try:
            address, moved_to, reply = self._follow(asked, self._limits, self._robots.check, known.headers(), deadline)
        except DeadlineExceeded:
            raise FetchFailed(asked.named, Reason.of(ReasonCode.TOO_SLOW)) from None
        unchanged = reply.status == HTTPStatus.NOT_MODIFIED and known != NO_VALIDATORS
        if not unchanged and reply.status != HTTPStatus.OK:
            raise self._failure(address, reply)
        return FetchResult(
            asked=str(asked),
            url=str(address),
            data=reply.body,
            content_type=reply.headers.get("content-type"),
            validators=known if unchanged else _validators(reply.headers),
            moved_to=str(moved_to) if moved_to else None,
            unchanged=unchanged,
        )

    def _follow(
        self, address: WebAddress, limits: FetchLimits, check: CrawlDelay, headers: Headers, deadline: Deadline
    ) -> tuple[WebAddress, WebAddress | None, HttpResponse]:
        """Return the last address of the redirects, the permanent new address if any, and the response there.

        `check` returns the site's crawl delay. Raises DeadlineExceeded where all together takes too long.
        """
        moved_to, for_good, left = None, True, limits.seconds
        for _ in range(limits.redirects + 1):
            turn = self._throttle.turn(address.host, check(address, deadline), deadline)
            with turn, timed(log, "fetched", host=address.host) as facts:
                seconds = min(left, deadline.left())
                reply, took = self._client.get(address, seconds, headers=headers, body=limits.body)
                facts |= {"status": reply.status, "bytes": len(reply.body)}
            if reply.status not in _REDIRECTS:
                return address, moved_to, reply
            left -= took
            for_good = for_good and reply.status in _PERMANENT
            address = resolve_redirect(address, reply.headers.get("location", ""))
            moved_to = address if for_good else moved_to
        raise FetchFailed(address.named, f"leads on more than {limits.redirects} times")

    def _read_robots(self, address: WebAddress, deadline: Deadline) -> bytes | None:
        rules, limits = replace(address, target="/robots.txt"), replace(self._limits, body=ROBOTS_BODY)
        _, _, reply = self._follow(rules, limits, lambda *_: 0.0, {}, deadline)
        if reply.status == HTTPStatus.OK:
            return reply.body
        if reply.status in range(400, 500) and reply.status != HTTPStatus.TOO_MANY_REQUESTS:
            return None
        reason = f"asked for its robots.txt, {_status_reason(reply.status)}"
        raise FetchFailed(address.named, reason, self._client.retry_after(reply))

    def _failure(self, address: WebAddress, reply: HttpResponse) -> FetchFailed | FetchRefused:
        said = _status_reason(reply.status)
        if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return FetchGone(address.named, said, for_good=reply.status == HTTPStatus.GONE)
        if reply.status in _FORBIDDEN:
            return FetchRefused(address.named, said)
        return FetchFailed(address.named, said, self._client.retry_after(reply))


def _validators(headers: Mapping[str, str]) -> CacheValidators:
    """Return the validators of a response that can be sent back unchanged."""
    etag, last_modified = (headers.get(name, "") for name in ("etag", "last-modified"))
    return CacheValidators(_sendable(etag), _sendable(last_modified))


def _sendable(value: str) -> str | None:
    usable = value.isascii() and value.isprintable() and len(value) < _VALIDATOR_LENGTH
    return value if value and usable else None


def _status_reason(status: int) -> Reason:
    if status == HTTPStatus.NOT_FOUND:
        return Reason.of(ReasonCode.PAGE_NOT_FOUND)
    try:
        told = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        told = str(status)
    return Reason.of(ReasonCode.SERVER_ANSWERS, status=told)
