"""Bringing the archive up to what its sources say now."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from retrieval.errors import FetchError, FetchFailed, ReadError
from retrieval.fetching import Fetcher
from retrieval.sources.checking import Change, Checker
from retrieval.sources.entries import Listing
from retrieval.sources.folders import FolderStore
from retrieval.sources.listing_diff import Pair, arrived, departed, to_check
from retrieval.sources.listings import listing
from retrieval.sources.schedule import LONGEST, SOON, source_due
from retrieval.sources.storing import Happened, Ingest, PageStore
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.sources import Source, SourceItem, SourceKind, items_of, save_item, save_source

PAGES = 100
"""Pages that one refresh of a source asks for at most."""

_BATCH = 25
"""Pages that are fetched before their articles are stored; others may add to the archive meanwhile."""


class Refresher:
    """What it does comes back as it happens; a refresh that is cut short is gone on with by the next one."""

    def __init__(self, archive: Archive, fetcher: Fetcher, ingest: Ingest, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._fetcher = fetcher
        self._ingest = ingest
        self._clock = clock
        self._checker = Checker(fetcher, clock)

    def refresh(self, source: Source) -> Iterator[Happened]:
        """Raises what the ingest raises: ArchiveBusy, ModelMismatch, and ArchiveError for a full disk."""
        try:
            found = listing(source, self._fetcher)
        except (FetchError, ReadError) as error:
            self._save(self._failed(source, error))
            yield Happened(source, source.address, Change.FAILED, str(error.reason))
            return
        if source.kind is SourceKind.FOLDER:
            yield from FolderStore(self._archive, self._ingest).put(source, found.entries or (), self._clock())
            self._save(self._well(source, found, more=False))
        else:
            for failure in found.failures:
                yield Happened(source, _place(failure), Change.FAILED, str(failure.reason))
            more = yield from self._pages(source, found)
            self._save(self._well(source, found, more))

    def _pages(self, source: Source, found: Listing) -> Generator[Happened, None, bool]:
        """Returns whether there is more to be looked at than one refresh does."""
        now, entries = self._clock(), found.entries or ()
        left = []
        if source.kind is SourceKind.FEED and found.entries is not None:
            left = departed(entries, self._items(source), now)
            self._save_items(left)
            yield from self._check(source, [(item, None) for item in left[:PAGES]])
        self._save_items(arrived(entries, self._items(source), source.id, now))
        horizon = now + LONGEST if source.kind is SourceKind.PAGE else now  # a page is looked at whenever its source is
        work = to_check(entries, self._items(source), horizon)
        room = max(PAGES - len(left), 0)
        yield from self._check(source, work[:room])
        return len(work) > room

    def _check(self, source: Source, pairs: Sequence[Pair]) -> Iterator[Happened]:
        known = {item.article for item in self._items(source) if item.article}
        pages = PageStore(self._archive, self._ingest, self._checker, source, known)
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

    def _well(self, source: Source, found: Listing, more: bool) -> Source:
        """Where there is more to do, it is soon looked at again, and asked for everything then."""
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
    """The parts of a listing that could not be had, with the first one's reason."""
    return f"{len(failures)} of its sitemaps failed; {failures[0]}" if failures else None
