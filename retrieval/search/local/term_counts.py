"""Document frequencies of words: in how many units that a searcher may see each word stands.

What others may not see counts for nothing, so that nobody learns from an answer whether a word stands there.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache
from sqlalchemy import Connection, text

from retrieval.search.local.catalogue import Mask

COMMON_FREQUENCY = 1_000
"""Units. A word in so many takes long to count, and its count tells much the same a few articles later."""

KEPT_COUNTS = 50_000
"""Counts of common words that are kept, for all sets of owners; some 10 MB."""

UNLIMITED = -1

COUNT = text("""
SELECT value, (SELECT count(*) FROM (SELECT 1 FROM terms WHERE terms MATCH json_each.value LIMIT :most))
FROM json_each(:matches)
""")
ROWS = text("SELECT rowid FROM terms WHERE terms MATCH :match LIMIT :most")


@dataclass(frozen=True, slots=True)
class TermCount:
    """A word's document frequency among the visible units, and `total` among all: the rows that a search scores."""

    visible: int
    total: int


@dataclass(frozen=True, slots=True)
class VisibleUnits:
    """Which units some owners' articles have; `ids` ascend, `mask` has one element an id."""

    owners: frozenset[str]
    ids: npt.NDArray[np.int64]
    mask: Mask

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))

    def count(self, rows: Sequence[int]) -> int:
        """Return how many of the rows are visible units."""
        if not rows or not len(self.ids):
            return 0
        wanted = np.asarray(rows, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return int(np.count_nonzero(self.mask[at] & (self.ids[at] == wanted)))


class TermCounter:
    """Counts words, up to `most` rows each, and keeps the counts of common ones. Safe to use from several threads."""

    def __init__(self, most: int = UNLIMITED) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: LRUCache[tuple[frozenset[str], str], TermCount] = LRUCache(KEPT_COUNTS)

    def clear(self) -> None:
        """Forget all counts."""
        with self._lock:
            self._known.clear()

    def count(self, connection: Connection, words: Sequence[str], seen: VisibleUnits) -> dict[str, TermCount]:
        """Return the count of each word, in the order of `words`."""
        with self._lock:
            known = {word: self._known.get((seen.owners, word)) for word in words}
        new = self._counted(connection, [word for word, count in known.items() if count is None], seen)
        with self._lock:
            self._known.update({(seen.owners, word): new[word] for word in new if new[word].total >= COMMON_FREQUENCY})
        return {word: count if count is not None else new[word] for word, count in known.items()}

    def _counted(self, connection: Connection, words: Sequence[str], seen: VisibleUnits) -> dict[str, TermCount]:
        if seen.mask.all():
            matches = {quoted(word): word for word in words}
            rows = connection.execute(COUNT, {"matches": json.dumps(list(matches)), "most": self._most})
            return {matches[match]: TermCount(count, count) for match, count in rows}
        return {word: self._counted_rows(connection, word, seen) for word in words}

    def _counted_rows(self, connection: Connection, word: str, seen: VisibleUnits) -> TermCount:
        rows = connection.scalars(ROWS, {"match": quoted(word), "most": self._most}).all()
        return TermCount(seen.count(rows), len(rows))


def quoted(word: str) -> str:
    """Return a word or run of words as a string of FTS5's query language."""
    return '"' + word.replace('"', '""') + '"'
