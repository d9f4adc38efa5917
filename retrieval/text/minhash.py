"""Similarity of two texts by their shingles: Jaccard index, and MinHash bands for locality-sensitive hashing."""

import hashlib
from collections.abc import Set as AbstractSet

from rensa import RMinHash

from retrieval.text.tokens import words

SHINGLE_WORDS = 5
BANDS, ROWS = 42, 3
"""Two texts with a Jaccard similarity s share a band with the probability 1 - (1 - s³)⁴²: .996 at .5, .35 at .2."""
_SEED = 20240607

Shingles = AbstractSet[str]


def shingles(text: str) -> Shingles:
    """Return every run of five folded words of a text; of a shorter text, all of its words as one."""
    keys = [word.key for word in words(text)]
    return frozenset(" ".join(keys[at : at + SHINGLE_WORDS]) for at in range(max(1, len(keys) - SHINGLE_WORDS + 1)))


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the share of shingles that two texts have in common, 0..1."""
    return len(one & other) / len(one | other)


def minhash_bands(found: Shingles) -> list[int]:
    """Return a signed 64-bit number for each band of the MinHash; similar texts are likely to share one."""
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    minhash.update(list(found))
    digest = minhash.digest()
    return [_number(band, digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _number(band: int, rows: list[int]) -> int:
    packed = b"".join(value.to_bytes(4, "little") for value in (band, *rows))
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)
