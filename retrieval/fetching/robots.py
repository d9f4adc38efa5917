"""Follow the robots.txt of sites (RFC 9309), kept for an hour."""

import threading
import zlib
from collections.abc import Callable

from cachetools import TTLCache
from protego import Protego

from retrieval.errors import FetchFailed, FetchRefused
from retrieval.fetching.addresses import WebAddress
from retrieval.fetching.deadline import Deadline
from retrieval.reasons import Reason, ReasonCode

LONGEST_DELAY = 60.0
"""Seconds between two requests; a site that asks for more is not fetched from."""
_KEPT = 3600.0  # seconds; the standard allows a day
_ENTRY = 100_000  # bytes of one site's compressed rules
_CACHE = 8_000_000  # bytes of all sites' compressed rules together
_OVERHEAD = 500  # bytes of an entry beside its rules


ReadRobots = Callable[[WebAddress, Deadline], bytes | None]


class RobotsRules:
    """The rules of sites for the robot named `agent`, in at most some 8 MB whatever the sites send.

    Rules are kept as compressed text and parsed for each check, as parsed rules take up to eighty times the memory.
    `read` returns the robots.txt of an address's site, None where there is none, and raises FetchError where it can't
    be read: then nothing of the site is fetched.
    """

    def __init__(self, agent: str, read: ReadRobots, clock: Callable[[], float]) -> None:
        self._agent = agent
        self._read = read
        self._guard = threading.Lock()
        self._kept: TTLCache[str, bytes] = TTLCache(_CACHE, _KEPT, clock, lambda rules: len(rules) + _OVERHEAD)

    def check(self, address: WebAddress, deadline: Deadline) -> float:
        """Return how many seconds the site asks for between two requests.

        Raises FetchRefused for an address that the site forbids, FetchError where its rules can't be read.
        """
        rules = self._rules(address, deadline)
        if not rules.can_fetch(str(address), self._agent):
            raise FetchRefused(address.named, Reason.of(ReasonCode.FORBIDDEN_BY_ROBOTS))
        delay = float(rules.crawl_delay(self._agent) or 0)
        if delay > LONGEST_DELAY:
            raise FetchRefused(address.named, f"its site's robots.txt asks for {delay:g} seconds between two requests")
        return delay

    def size(self) -> int:
        """Return the bytes that the kept rules take."""
        with self._guard:
            return int(self._kept.currsize)

    def _rules(self, address: WebAddress, deadline: Deadline) -> Protego:
        with self._guard:
            kept = self._kept.get(address.site)
        if kept is None:
            kept = zlib.compress(self._read(address, deadline) or b"")
            if len(kept) > _ENTRY:
                raise FetchFailed(address.named, "its site's robots.txt is too long to be followed")
            with self._guard:
                self._kept[address.site] = kept
        return Protego.parse(zlib.decompress(kept).decode(errors="replace"))
