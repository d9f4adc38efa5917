"""How alike two texts are by the stretches of words that they share. Pure."""

import hashlib
from collections.abc import Set as AbstractSet

from rensa import RMinHash

from retrieval.text.tokens import words

LENGTH = 5  # words
BANDS, ROWS = 42, 3
"""Two texts with a Jaccard similarity s share a band with the probability 1 - (1 - s³)⁴²: .996 at .5, .35 at .2."""
_SEED = 20240607

Shingles = AbstractSet[str]


def shingles(text: str) -> Shingles:
    """Every stretch of five words, folded; of a shorter text all its words together."""
    keys = [word.key for word in words(text)]
    return frozenset(" ".join(keys[at : at + LENGTH]) for at in range(max(1, len(keys) - LENGTH + 1)))


def jaccard(one: Shingles, other: Shingles) -> float:
    return len(one & other) / len(one | other)


def minhash_bands(of: Shingles) -> list[int]:
    """A signed 64-bit number for each band of the MinHash; texts that are alike are likely to share one."""
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    minhash.update(list(of))
    digest = minhash.digest()
    return [_number(band, digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _number(band: int, rows: list[int]) -> int:
    packed = b"".join(value.to_bytes(4, "little") for value in (band, *rows))
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)
