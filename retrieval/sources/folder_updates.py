"""Update the archive from watched folders: read again the files that changed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, IngestEvent
from retrieval.sources.item_checks import ItemChange
from retrieval.sources.listing_diff import departed_items, match_items, new_items
from retrieval.sources.listing_entries import ListingEntry
from retrieval.sources.page_updates import Ingest, RefreshEvent, stored
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive
from retrieval.store.sources import ItemState, Source, SourceItem, items_of, save_item
from retrieval.store.sqlite.database import read_transaction, write_transaction

Read = tuple[SourceItem, bool]
"""The item of a file, and whether the article that follows could be read from it."""


class FolderUpdater:
    """Stores the articles of changed files."""

    def __init__(self, archive: Archive, ingest: Ingest, reader: SourceReader) -> None:
        self._archive = archive
        self._reader = reader
        self._ingest = ingest

    def put(self, source: Source, entries: tuple[ListingEntry, ...], now: datetime) -> Iterator[RefreshEvent]:
        """Yield an event for every file that is gone, new or changed. Raises what the ingest raises.

        The articles of a file that is gone stay in the archive, as they are the operator's.
        """
        with read_transaction(self._archive.database) as connection:
            items = list(items_of(connection, source.id).values())
        for item in departed_items(entries, items, now):
            self._save(replace(item, state=ItemState.GONE))
            yield RefreshEvent(source, item.address, ItemChange.GONE, "the file is no longer there; its articles stay")
        new = match_items(entries, new_items(entries, items, source.id, now))
        changed = [(item, entry) for item, entry in match_items(entries, items) if entry.digest != item.digest]
        if new or changed:
            yield from self._read(
                source, [replace(item, digest=entry.digest, listed=True) for item, entry in changed + new]
            )

    def _read(self, source: Source, files: Iterable[SourceItem]) -> Iterator[RefreshEvent]:
        events = stored(self._ingest, self._articles(files, source.owner))
        for item, group in groupby(events, key=lambda pair: pair[0][0]):
            kept = replace(item, failures=0, problem=None)
            for (_, readable), event in group:
                yield _happened(source, item, event)
                if isinstance(event, ArticleFailed):
                    digest = None if readable else item.digest  # what isn't the file's fault is tried again
                    kept = replace(kept, digest=digest, failures=item.failures + 1, problem=str(event.reason))
                else:
                    kept = replace(kept, state=ItemState.READ)
            self._save(kept)

    def _articles(self, files: Iterable[SourceItem], owner: str) -> Iterator[tuple[Read, Article | ReadError]]:
        for item in files:
            for article in self._reader.file(Path(item.address), owner):
                yield (item, isinstance(article, Article)), article

    def _save(self, item: SourceItem) -> None:
        with write_transaction(self._archive.database) as connection:
            save_item(connection, item)


def _happened(source: Source, item: SourceItem, event: IngestEvent) -> RefreshEvent:
    if isinstance(event, ArticleFailed):
        return RefreshEvent(source, event.source, ItemChange.FAILED, str(event.reason))
    change = ItemChange.SAME if isinstance(event, ArticleSkipped) else ItemChange.CHANGED if item.id else ItemChange.NEW
    return RefreshEvent(source, item.address, change, title=event.article.title)
