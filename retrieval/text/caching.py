"""A cache of results by text whose memory is limited: in number, and by the length of the texts that it keeps."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")

WORDS = 65_536
"""How many words a cache keeps."""
LONGEST_WORD = 64


def cached_by_text(
    most: int = WORDS, longest: int = LONGEST_WORD
) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """Return a decorator that keeps the results for the last `most` texts of at most `longest` characters each.

    For longer ones, which only hostile content brings in numbers, the function is called each time.
    """

    def decorate(function: Callable[[str], Result]) -> Callable[[str], Result]:
        kept = lru_cache(most)(function)

        @wraps(function)
        def call(text: str) -> Result:
            return kept(text) if len(text) <= longest else function(text)

        return call

    return decorate
