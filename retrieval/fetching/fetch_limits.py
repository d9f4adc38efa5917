"""Limits of size and time for one fetch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of one fetch.

    `body` counts bytes, compressed and decompressed alike. `seconds` is for all requests of a fetch together, each
    from the name lookup to the last byte; `whole` also for robots.txt, pauses between requests and turns that are
    waited for. httpcore2 itself limits the headers to 100 KB.
    """

    body: int = 20 * 1024 * 1024
    seconds: float = 30.0
    whole: float = 120.0
    redirects: int = 5


DEFAULT_LIMITS = FetchLimits()
ROBOTS_BODY = 512 * 1024
"""Bytes of a robots.txt, as the standard advises."""
