"""Whether given words stand somewhere for a reason or by chance, by how rare they are. Pure."""

from collections.abc import Mapping, Sequence
from math import log2

MIN_INFORMATION_SHARE = 0.6
"""The share of what the given words tell that the words which stand there must tell."""


def is_chance_overlap(kept: Sequence[str], missed: Sequence[str], frequencies: Mapping[str, int], total: int) -> bool:
    """Whether words of which `kept` stand together somewhere, and `missed` don't, may have met there by chance.

    They may where chance alone would bring `kept` together in one of the archive's `total` units, each word by its own
    frequency, or where they tell too little of what all the words tell.
    """
    told, lacking = (_bits(words, frequencies, total) for words in (kept, missed))
    return told < log2(total + 1) or told < MIN_INFORMATION_SHARE * (told + lacking)


def _bits(words: Sequence[str], frequencies: Mapping[str, int], total: int) -> float:
    """What the words tell. `frequencies` gives in how many units each stands."""
    return sum(log2((total + 1) / (frequencies[word] + 0.5)) for word in words)
