"""What an address holds, got politely: robots.txt, pauses, redirects, and only if it changed."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from retrieval.errors import FetchFailed, FetchGone, FetchRefused
from retrieval.fetching.addresses import Address, parse, redirected
from retrieval.fetching.client import Client, Headers, Reply
from retrieval.fetching.limits import DEFAULT_LIMITS, ROBOTS_BODY, Limits
from retrieval.fetching.network import Network
from retrieval.fetching.robots import Robots
from retrieval.fetching.throttle import PAUSE, Manners
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


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server recognises its own answer by."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Headers:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """`data` is empty where `unchanged` says that it is what the validators were given for.

    `url` is where it was found at last, `moved_to` the address that the server says to use from now on, if any.
    """

    asked: str
    url: str
    data: bytes
    content_type: str | None = None
    validators: Validators = NOTHING_KNOWN
    moved_to: str | None = None
    unchanged: bool = False


class Fetcher:
    """May be used from any thread; it blocks. `clock` counts seconds and `sleep` waits for them."""

    def __init__(  # noqa: PLR0913  all but the first are keywords
        self,
        user_agent: str,
        *,
        network: Network | None = None,
        limits: Limits = DEFAULT_LIMITS,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """What `user_agent` says before its first stroke is the name that robots.txt knows this program by."""
        self._client = Client(user_agent, network=network)
        self._limits = limits
        self._manners = Manners(pause, clock, sleep)
        self._robots = Robots(user_agent.partition("/")[0].strip(), self._read_robots, clock)

    def fetch(self, url: str, *, known: Validators = NOTHING_KNOWN) -> Fetched:
        """Raises FetchRefused, FetchGone and FetchFailed."""
        asked = parse(url)
        address, moved_to, reply = self._follow(asked, self._limits, self._robots.check, known.headers())
        unchanged = reply.status == HTTPStatus.NOT_MODIFIED and known != NOTHING_KNOWN
        if not unchanged and reply.status != HTTPStatus.OK:
            raise self._failure(address, reply)
        return Fetched(
            asked=str(asked),
            url=str(address),
            data=reply.body,
            content_type=reply.headers.get("content-type"),
            validators=known if unchanged else _validators(reply.headers),
            moved_to=str(moved_to) if moved_to else None,
            unchanged=unchanged,
        )

    def _follow(
        self, address: Address, limits: Limits, check: Callable[[Address], float], headers: Headers
    ) -> tuple[Address, Address | None, Reply]:
        """Where it ends, where it has moved for good, and what was answered there. `check` gives the site's pause.

        Waiting for a turn takes nothing of the time that the requests may need together.
        """
        moved_to, for_good, left = None, True, limits.seconds
        for _ in range(limits.redirects + 1):
            with self._manners.turn(address.host, check(address)), timed(log, "fetched", host=address.host) as facts:
                reply, took = self._client.get(address, left, headers=headers, body=limits.body)
                facts |= {"status": reply.status, "bytes": len(reply.body)}
            if reply.status not in _REDIRECTS:
                return address, moved_to, reply
            left -= took
            for_good = for_good and reply.status in _PERMANENT
            address = redirected(address, reply.headers.get("location", ""))
            moved_to = address if for_good else moved_to
        raise FetchFailed(address.named, f"leads on more than {limits.redirects} times")

    def _read_robots(self, address: Address) -> bytes | None:
        rules, limits = replace(address, target="/robots.txt"), replace(self._limits, body=ROBOTS_BODY)
        _, _, reply = self._follow(rules, limits, lambda _: 0.0, {})
        if reply.status == HTTPStatus.OK:
            return reply.body
        if reply.status in range(400, 500) and reply.status != HTTPStatus.TOO_MANY_REQUESTS:
            return None
        reason = f"asked for its robots.txt, {_status_reason(reply.status)}"
        raise FetchFailed(address.named, reason, self._client.retry_after(reply))

    def _failure(self, address: Address, reply: Reply) -> FetchFailed | FetchRefused:
        said = _status_reason(reply.status)
        if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return FetchGone(address.named, said, for_good=reply.status == HTTPStatus.GONE)
        if reply.status in _FORBIDDEN:
            return FetchRefused(address.named, said)
        return FetchFailed(address.named, said, self._client.retry_after(reply))


def _validators(headers: Mapping[str, str]) -> Validators:
    """Those that can be sent back as they are."""
    etag, last_modified = (headers.get(name, "") for name in ("etag", "last-modified"))
    return Validators(_sendable(etag), _sendable(last_modified))


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
