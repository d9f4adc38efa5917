"""Refresh sources: bring the archive up to date with what they list."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from retrieval.domain import SourceKind
from retrieval.errors import ArchiveError, FetchError, FetchFailed, ReadError
from retrieval.fetching import Fetcher
from retrieval.sources.folder_updates import FolderUpdater
from retrieval.sources.item_checks import ItemChange, ItemChecker
from retrieval.sources.listing_diff import Pair, departed_items, items_to_check, new_items
from retrieval.sources.listing_entries import SourceListing
from retrieval.sources.listings import fetch_listing
from retrieval.sources.page_updates import Ingest, PageUpdater, RefreshEvent
from retrieval.sources.schedule import LONGEST, SOON, source_due
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive
from retrieval.store.sources import Source, SourceItem, items_of, save_item, save_source
from retrieval.store.sqlite.database import read_transaction, write_transaction

log = logging.getLogger(__name__)

PAGES = 100
"""The most pages that one refresh of a source fetches."""

_BATCH = 25
"""Pages that are fetched before their articles are stored; the archive isn't locked meanwhile."""


class Refresher:
    """Refreshes sources and yields events as they happen; an interrupted refresh is continued by the next one."""

    def __init__(
        self, archive: Archive, fetcher: Fetcher, ingest: Ingest, clock: Callable[[], datetime], reader: SourceReader
    ) -> None:
        self._archive = archive
        self._reader = reader
        self._fetcher = fetcher
        self._ingest = ingest
        self._clock = clock
        self._checker = ItemChecker(fetcher, reader, clock)

    def refresh(self, source: Source) -> Iterator[RefreshEvent]:
        """Yield what has become of a source's items. Raises what the ingest raises (ArchiveBusy, ModelMismatch …).

        An unexpected fault is told and kept as the source's problem, so that the other sources are refreshed.
        """
        try:
            yield from self._refresh(source)
        except ArchiveError:
            raise
        except Exception as fault:
            log.exception("source_not_refreshed", extra={"address": source.address})
            error = ReadError(source.address, f"can't be refreshed ({type(fault).__name__}: {str(fault)[:200]})")
            self._save(self._failed(source, error))
            yield RefreshEvent(source, source.address, ItemChange.FAILED, str(error.reason))

    def _refresh(self, source: Source) -> Iterator[RefreshEvent]:
        try:
            found = fetch_listing(source, self._fetcher, self._reader)
        except (FetchError, ReadError) as error:
            self._save(self._failed(source, error))
            yield RefreshEvent(source, source.address, ItemChange.FAILED, str(error.reason))
            return
        if source.kind is SourceKind.FOLDER:
            yield from FolderUpdater(self._archive, self._ingest, self._reader).put(
                source, found.entries or (), self._clock()
            )
            self._save(self._well(source, found, more=False))
        else:
            for failure in found.failures:
                yield RefreshEvent(source, _place(failure), ItemChange.FAILED, str(failure.reason))
            more = yield from self._pages(source, found)
            self._save(self._well(source, found, more))

    def _pages(self, source: Source, found: SourceListing) -> Generator[RefreshEvent, None, bool]:
        """Yield events of pages; return whether items are left for the next refresh."""
        now, entries = self._clock(), found.entries or ()
        left = []
        if source.kind is SourceKind.FEED and found.entries is not None:
            left = departed_items(entries, self._items(source), now)
            self._save_items(left)
            yield from self._check(source, [(item, None) for item in left[:PAGES]])
        self._save_items(new_items(entries, self._items(source), source.id, now))
        horizon = now + LONGEST if source.kind is SourceKind.PAGE else now  # a page is looked at whenever its source is
        work = items_to_check(entries, self._items(source), horizon)
        room = max(PAGES - len(left), 0)
        yield from self._check(source, work[:room])
        return len(work) > room

    def _check(self, source: Source, pairs: Sequence[Pair]) -> Iterator[RefreshEvent]:
        known = {item.article for item in self._items(source) if item.article}
        pages = PageUpdater(self._archive, self._ingest, self._checker, source, known)
        for start in range(0, len(pairs), _BATCH):
            batch = pairs[start : start + _BATCH]
            yield from pages.put(self._checker.check(item, entry, source.owner) for item, entry in batch)

    def _items(self, source: Source) -> list[SourceItem]:
        with read_transaction(self._archive.database) as connection:
            return list(items_of(connection, source.id).values())

    def _save_items(self, items: Sequence[SourceItem]) -> None:
        with write_transaction(self._archive.database) as connection:
            for item in items:
                save_item(connection, item)

    def _save(self, source: Source) -> None:
        with write_transaction(self._archive.database) as connection:
            save_source(connection, source)

    def _failed(self, source: Source, error: FetchError | ReadError) -> Source:
        now, failures = self._clock(), source.failures + 1
        asked = error.retry_after if isinstance(error, FetchFailed) else None
        due = source_due(now, source.every, failures, asked)
        return replace(source, checked_at=now, due_at=due, failures=failures, problem=str(error.reason))

    def _well(self, source: Source, found: SourceListing, more: bool) -> Source:
        """Return the source after a successful refresh; where items are left, it is due soon and without validators."""
        now = self._clock()
        return replace(
            source,
            address=found.moved_to or source.address,
            checked_at=now,
            read_at=now,
            due_at=min(now + SOON, source_due(now, source.every)) if more else source_due(now, source.every),
            etag=None if more else found.validators.etag,
            last_modified=None if more else found.validators.last_modified,
            failures=0,
            problem=_told(found.failures),
        )


def _place(failure: FetchError | ReadError) -> str:
    return failure.address if isinstance(failure, FetchError) else failure.source


def _told(failures: Sequence[FetchError | ReadError]) -> str | None:
    """Return how many sitemaps of an index failed, with the first one's reason; None if none did."""
    return f"{len(failures)} of its sitemaps failed; {failures[0]}" if failures else None
