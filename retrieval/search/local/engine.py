"""The engine of one machine: FAISS over the vectors, FTS5 in the store's own file."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from cachetools import LRUCache
from sqlalchemy import Connection

from retrieval.domain import EmbeddingModel, Filters
from retrieval.errors import ArchiveError, ModelMismatch
from retrieval.search.engine import Hit, Vector
from retrieval.search.local import keywords, snapshot
from retrieval.search.local.catalogue import Mask, ResolvedFilters
from retrieval.search.local.term_counts import TermCounter, VisibleUnits
from retrieval.search.local.vectors import VectorIndex
from retrieval.store.archive import Archive
from retrieval.store.changelog import NOTHING
from retrieval.store.records import ArchiveState, ChangeSet
from retrieval.store.sqlite.database import read_transaction
from retrieval.timing import timed

log = logging.getLogger(__name__)

FILE = "vectors.index"
CACHED_FILTERS = 64
"""Masks that are kept, of one byte a unit each."""

COMMON_UNITS, COMMON_SHARE = 5_000, 0.05
"""A word in more units than both of these, in number and share, is left out of a search by words."""

RECOUNT_SHARE = 0.05
"""By what share an archive may grow or shrink before its common words are counted again."""


class LocalEngine:
    """Searches the units of one archive; safe to use from several threads.

    Before a search it takes in what has changed, if it last looked `freshness` seconds ago or more.
    """

    def __init__(self, archive: Archive, freshness: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Load the snapshot, or build from the store. Raises ArchiveError where that can't be read."""
        self._archive = archive
        self._freshness, self._clock = freshness, clock
        self._lock = threading.Lock()  # held while the index is searched or changed, for milliseconds
        self._refreshing = threading.Lock()
        self._masks: LRUCache[Filters, tuple[ResolvedFilters, Mask]] = LRUCache(CACHED_FILTERS)
        self._term_counts, self._wording_counts = TermCounter(), TermCounter(keywords.WORDING_POSTINGS)
        self._path = archive.folder / FILE
        self._model: EmbeddingModel | None = archive.model()
        self._vectors, self._state = snapshot.read(self._path, self._model) or (VectorIndex.empty(), NOTHING)
        self._saved = self._state
        self._counted = len(self)  # units when the frequencies were last taken anew
        self.refresh()

    def __len__(self) -> int:
        return len(self._vectors)

    def generation(self) -> int:
        """Return the number of the last change that this engine has taken in."""
        return self._state.generation

    def search_vector(self, vector: Vector, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the nearest units by cosine of `vector`, float32 of the model's dimension, length 1."""
        self._refresh_if_due()
        with self._lock:
            _, mask = self._visible(filters)
            return self._vectors.search(vector, mask, limit)

    def search_terms(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the best units by BM25 over the words of `terms`, any of which may match; common ones don't count."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_units(
                connection, self._rarest_terms(connection, terms, filters.owners), allowed, limit
            )

    def search_articles(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the best articles by BM25 over the words of `terms`; common ones don't count."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_articles(
                connection, self._rarest_terms(connection, terms, filters.owners), allowed, limit
            )

    def search_wording(self, words: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the units likeliest to hold `words` literally, or nearly so."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_units(
                connection, self._distinctive_terms(connection, words, filters.owners), allowed, limit
            )

    def unit_count(self, owners: frozenset[str]) -> int:
        """Return how many units the articles of `owners` have."""
        return len(self._units_of(owners))

    def frequencies(self, terms: Sequence[str], owners: frozenset[str]) -> dict[str, int]:
        """Return in how many units of `owners` each word of `terms` stands; a stem counts for all of its forms."""
        seen = self._units_of(owners)
        with read_transaction(self._archive.database) as connection:
            counts = self._term_counts.count(connection, list(dict.fromkeys(terms)), seen)
        return {word: count.visible for word, count in counts.items()}

    def refresh(self) -> None:
        """Take in what any process has changed. Raises ModelMismatch if the archive's model has changed.

        While one thread does so, the others search what is there.
        """
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            self._looked_at = self._clock()
            if self._archive.state() != self._state:
                with self._archive.changes_since(self._state) as changes:
                    self._take_in(changes)
        finally:
            self._refreshing.release()

    def save(self) -> None:
        """Write the snapshot if it isn't up to date. Raises ArchiveError where it can't be; the old one stays."""
        with self._refreshing, self._lock:
            if self._model is None or self._saved == self._state:
                return
            try:
                with timed(log, "wrote the index", units=len(self)):
                    snapshot.write(self._path, self._vectors, self._state, self._model)
            except OSError as error:
                raise ArchiveError(
                    f"{self._path} can't be written ({error.strerror}); every article is stored, and the index will be "
                    "built from the store each time until it can"
                ) from error
            self._saved = self._state

    def _refresh_if_due(self) -> None:
        if self._clock() - self._looked_at >= self._freshness:
            self.refresh()

    def _take_in(self, changes: ChangeSet) -> None:
        if self._model is None:
            self._model = changes.model
        if changes.model != self._model:
            raise ModelMismatch("the archive has been given another embedding model; start the program again")
        if changes.anew:
            with timed(log, "built the index", logging.INFO) as facts:
                self._build(changes)
                facts["units"] = len(self)
        else:
            with timed(log, "updated the index") as facts:
                self._update(changes)
                facts["units"] = len(self)

    def _build(self, changes: ChangeSet) -> None:
        vectors = VectorIndex.empty()
        for batch in changes.added:
            vectors.add(batch)
        with self._lock:
            self._vectors = vectors
            self._move_to(changes.state)

    def _update(self, changes: ChangeSet) -> None:
        batches = list(changes.added)
        with self._lock:
            self._vectors.remove(changes.removed)
            for batch in batches:
                self._vectors.add(batch)
            self._move_to(changes.state)

    def _move_to(self, state: ArchiveState) -> None:
        self._state = state
        self._masks.clear()
        if abs(len(self) - self._counted) > RECOUNT_SHARE * self._counted:
            self._term_counts.clear()
            self._wording_counts.clear()
            self._counted = len(self)

    def _rarest_terms(self, connection: Connection, terms: str, owners: frozenset[str]) -> list[str]:
        counts = self._term_counts.count(connection, keywords.words(terms), self._units_of(owners))
        return keywords.rarest(counts, max(COMMON_UNITS, COMMON_SHARE * len(self)))

    def _distinctive_terms(self, connection: Connection, wording: str, owners: frozenset[str]) -> list[str]:
        counts = self._wording_counts.count(connection, keywords.words(wording), self._units_of(owners))
        return keywords.distinctive(counts, wording)

    def _units_of(self, owners: frozenset[str]) -> VisibleUnits:
        with self._lock:
            return VisibleUnits(owners, self._vectors.catalogue.ids, self._visible(Filters(owners))[1])

    def _allowed(self, filters: Filters) -> ResolvedFilters:
        self._refresh_if_due()
        with self._lock:
            return self._visible(filters)[0]

    def _visible(self, filters: Filters) -> tuple[ResolvedFilters, Mask]:
        found = self._masks.get(filters)
        if found is None:
            allowed = self._vectors.catalogue.resolve(filters)
            found = self._masks[filters] = (allowed, self._vectors.catalogue.mask(allowed))
        return found
