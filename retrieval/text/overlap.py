"""Significance of shared words: whether words may have met in a text by chance, by how rare they are."""

from collections.abc import Mapping, Sequence
from math import log2

MIN_INFORMATION_SHARE = 0.6
"""Least share of the information (in bits) of all given words that the matched words must hold, 0..1."""


def is_chance_overlap(kept: Sequence[str], missed: Sequence[str], frequencies: Mapping[str, int], total: int) -> bool:
    """Return whether the words `kept`, found together in one text, may stand there by chance.

    `missed` are the given words that were not found; `frequencies` tells in how many of the `total` texts of the
    archive each word stands. It may be chance where words of these frequencies would meet in one of `total` texts
    anyway, or where `kept` holds less than MIN_INFORMATION_SHARE of the information of all words.
    """
    told, lacking = (_bits(words, frequencies, total) for words in (kept, missed))
    return told < log2(total + 1) or told < MIN_INFORMATION_SHARE * (told + lacking)


def _bits(words: Sequence[str], frequencies: Mapping[str, int], total: int) -> float:
    """Return the information of the words in bits, by their document frequencies."""
    return sum(log2((total + 1) / (frequencies[word] + 0.5)) for word in words)
