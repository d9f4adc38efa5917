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
JudgeRules = Callable[[bytes, str, str], tuple[bool, float]]
"""Takes rules, an address and a robot's name; returns whether it may be fetched, and the seconds between requests."""


class RulesNotJudged(Exception):
    """The rules of a site take too long, or too much memory, to be followed."""


def judge_rules(rules: bytes, address: str, agent: str) -> tuple[bool, float]:
    """Return whether the rules let `agent` fetch an address, and the seconds that it shall wait between two requests.

    Long rules take seconds of processor time: in a program that has something else to do, call it in the sandbox.
    """
    parsed = Protego.parse(rules.decode(errors="replace"))
    return parsed.can_fetch(address, agent), float(parsed.crawl_delay(agent) or 0)


class RobotsRules:
    """The rules of sites for the robot named `agent`, in at most some 8 MB whatever the sites send.

    Rules are kept as compressed text and parsed for each check, as parsed rules take up to eighty times the memory.
    `read` returns the robots.txt of an address's site, None where there is none, and raises FetchError where it can't
    be read: then nothing of the site is fetched. `judge` applies rules; it may raise RulesNotJudged.
    """

    def __init__(
        self, agent: str, read: ReadRobots, clock: Callable[[], float], judge: JudgeRules = judge_rules
    ) -> None:
        self._agent = agent
        self._read = read
        self._judge = judge
        self._guard = threading.Lock()
        self._kept: TTLCache[str, bytes] = TTLCache(_CACHE, _KEPT, clock, lambda rules: len(rules) + _OVERHEAD)

    def check(self, address: WebAddress, deadline: Deadline) -> float:
        """Return how many seconds the site asks for between two requests.

        Raises FetchRefused for an address that the site forbids, FetchError where its rules can't be read.
        """
        rules = self._rules(address, deadline)
        try:
            allowed, delay = self._judge(rules, str(address), self._agent)
        except RulesNotJudged:
            raise FetchFailed(address.named, "its site's robots.txt is too long to be followed") from None
        if not allowed:
            raise FetchRefused(address.named, Reason.of(ReasonCode.FORBIDDEN_BY_ROBOTS))
        if delay > LONGEST_DELAY:
            raise FetchRefused(address.named, f"its site's robots.txt asks for {delay:g} seconds between two requests")
        return delay

    def size(self) -> int:
        """Return the bytes that the kept rules take."""
        with self._guard:
            return int(self._kept.currsize)

    def _rules(self, address: WebAddress, deadline: Deadline) -> bytes:
        with self._guard:
            kept = self._kept.get(address.site)
        if kept is None:
            kept = zlib.compress(self._read(address, deadline) or b"")
            if len(kept) > _ENTRY:
                raise FetchFailed(address.named, "its site's robots.txt is too long to be followed")
            with self._guard:
                self._kept[address.site] = kept
        return zlib.decompress(kept)
