"""What a site's robots.txt allows (RFC 9309), kept for an hour."""

from collections.abc import Callable

from protego import Protego

from retrieval.errors import FetchRefused
from retrieval.fetching.addresses import Address
from retrieval.reasons import Reason, ReasonCode

_KEPT = 3600.0
"""Seconds; the standard allows a day."""

LONGEST_DELAY = 60.0
"""Seconds between two requests; a site that asks for more asks not to be read."""


class Robots:
    """Rules by site, as the robot named `agent` has to read them.

    `read` gives the robots.txt of an address's site, None where there is none, and raises FetchError where that can't
    be known: then nothing there is fetched.
    """

    def __init__(self, agent: str, read: Callable[[Address], bytes | None], clock: Callable[[], float]) -> None:
        self._agent = agent
        self._read = read
        self._clock = clock
        self._known: dict[str, tuple[float, Protego]] = {}

    def check(self, address: Address) -> float:
        """How many seconds the site wants between two requests.

        Raises FetchRefused for what it forbids, and FetchError where its rules can't be had.
        """
        rules = self._rules(address)
        if not rules.can_fetch(str(address), self._agent):
            raise FetchRefused(address.named, Reason.of(ReasonCode.FORBIDDEN_BY_ROBOTS))
        delay = float(rules.crawl_delay(self._agent) or 0)
        if delay > LONGEST_DELAY:
            raise FetchRefused(address.named, f"its site's robots.txt asks for {delay:g} seconds between two requests")
        return delay

    def _rules(self, address: Address) -> Protego:
        known = self._known.get(address.site)
        if known is not None and self._clock() - known[0] < _KEPT:
            return known[1]
        rules = Protego.parse((self._read(address) or b"").decode(errors="replace"))
        self._known[address.site] = (self._clock(), rules)
        return rules
