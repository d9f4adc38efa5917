"""The engine of one machine: FAISS over the vectors, FTS5 in the store's own file."""

import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from retrieval.domain import EmbeddingModel, Filters
from retrieval.errors import ArchiveError, ModelMismatch
from retrieval.search.engine import Hit, Vector
from retrieval.search.local import keywords, snapshot
from retrieval.search.local.catalogue import Mask, ResolvedFilters
from retrieval.search.local.vectors import VectorIndex
from retrieval.store.archive import Archive
from retrieval.store.changelog import NOTHING
from retrieval.store.database import read_transaction
from retrieval.store.records import ArchiveState, ChangeSet

FILE = "vectors.index"
CACHED_FILTERS = 64

COMMON_AT_LEAST = 5_000
COMMON_SHARE = 0.05
"""A word in more units than both of these, in number and share, is left out of a search by words."""

OUTGROWN = 0.05
"""By what share an archive may grow or shrink before its common words are counted anew."""


class LocalEngine:
    """Finds units of one archive; safe to use from several threads.

    Before a search it takes in what has changed, if it last looked `freshness` seconds ago or more.
    """

    def __init__(self, archive: Archive, freshness: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Loads the snapshot, or builds from the store. Raises ArchiveError where that can't be read."""
        self._archive = archive
        self._freshness, self._clock = freshness, clock
        self._lock = threading.Lock()  # held while the index is searched or changed, for milliseconds
        self._refreshing = threading.Lock()
        self._masks: dict[Filters, tuple[ResolvedFilters, Mask]] = {}
        self._frequencies: dict[str, int] = {}
        self._frequencies_of_wording: dict[str, int] = {}
        self._path = archive.folder / FILE
        self._model: EmbeddingModel | None = archive.model()
        self._vectors, self._state = snapshot.read(self._path, self._model) or (VectorIndex.empty(), NOTHING)
        self._saved = self._state
        self._counted = len(self)  # units when the frequencies were last taken anew
        self.refresh()

    def __len__(self) -> int:
        return len(self._vectors)

    def generation(self) -> int:
        return self._state.generation

    def search_vector(self, vector: Vector, filters: Filters, limit: int) -> Sequence[Hit]:
        """The nearest units by cosine of `vector`, float32 of the model's dimension, length 1."""
        self._refresh_if_due()
        with self._lock:
            _, mask = self._visible(filters)
            return self._vectors.search(vector, mask, limit)

    def search_terms(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The best units by BM25 over the words of `terms`, any of which may match; common ones don't count."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_units(connection, self._telling(connection, terms), allowed, limit)

    def search_articles(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The best articles by BM25 over the words of `terms`; common ones don't count."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_articles(connection, self._telling(connection, terms), allowed, limit)

    def search_wording(self, words: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The units likeliest to hold `words` as they stand, or nearly so."""
        allowed = self._allowed(filters)
        with read_transaction(self._archive.database) as connection:
            return keywords.search_units(connection, self._distinctive(connection, words), allowed, limit)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many units each word of `terms` stands; a stem counts for all of its forms."""
        with read_transaction(self._archive.database) as connection:
            return keywords.frequencies(connection, list(terms), self._frequencies)

    def refresh(self) -> None:
        """Take in what this or another process has changed. Raises ModelMismatch if the archive's model has changed.

        While one thread does so, the others go on with what there is.
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

    def _take_in(self, feed: ChangeSet) -> None:
        if self._model is None:
            self._model = feed.model
        if feed.model != self._model:
            raise ModelMismatch("the archive has been given another embedding model; start the program again")
        if feed.anew:
            vectors = VectorIndex.empty()
            for batch in feed.added:
                vectors.add(batch)
            with self._lock:
                self._vectors = vectors
                self._stand_at(feed.state)
        else:
            batches = list(feed.added)
            with self._lock:
                self._vectors.remove(feed.removed)
                for batch in batches:
                    self._vectors.add(batch)
                self._stand_at(feed.state)

    def _stand_at(self, state: ArchiveState) -> None:
        self._state = state
        self._masks.clear()
        if abs(len(self) - self._counted) > OUTGROWN * self._counted:
            self._frequencies.clear()
            self._frequencies_of_wording.clear()
            self._counted = len(self)

    def _telling(self, connection: Connection, terms: str) -> list[str]:
        common = max(COMMON_AT_LEAST, COMMON_SHARE * len(self))
        return keywords.rarest(keywords.frequencies(connection, keywords.words(terms), self._frequencies), common)

    def _distinctive(self, connection: Connection, wording: str) -> list[str]:
        return keywords.distinctive(connection, wording, self._frequencies_of_wording)

    def _allowed(self, filters: Filters) -> ResolvedFilters:
        self._refresh_if_due()
        with self._lock:
            return self._visible(filters)[0]

    def _visible(self, filters: Filters) -> tuple[ResolvedFilters, Mask]:
        if filters not in self._masks:
            if len(self._masks) >= CACHED_FILTERS:
                self._masks.clear()
            allowed = self._vectors.catalogue.allowed(filters)
            self._masks[filters] = (allowed, self._vectors.catalogue.mask(allowed))
        return self._masks[filters]
