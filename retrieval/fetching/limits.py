"""How much of a server's answer is taken in, and for how long it is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`body` in bytes, on the wire and unpacked alike; `seconds` for all requests of a fetch together, each from the
    name's lookup to the last byte. A status line with its headers may have 100 KB, which httpcore2 sees to.
    """

    body: int = 20 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5


DEFAULT_LIMITS = Limits()
ROBOTS_BODY = 512 * 1024
"""Bytes of a robots.txt, as the standard advises."""
