"""Watched folders: what changed is read again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, IngestEvent
from retrieval.readers import read_path
from retrieval.sources.checking import Change
from retrieval.sources.entries import Entry
from retrieval.sources.listing_diff import arrived, departed, matched
from retrieval.sources.storing import Happened, Ingest, stored
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.sources import ItemState, Source, SourceItem, items_of, save_item

Read = tuple[SourceItem, bool]
"""A file, and whether what comes next could be read from it."""


class FolderStore:
    def __init__(self, archive: Archive, ingest: Ingest) -> None:
        self._archive = archive
        self._ingest = ingest

    def put(self, source: Source, entries: tuple[Entry, ...], now: datetime) -> Iterator[Happened]:
        """A file that has gone leaves its articles in the archive: they are the operator's, not a publisher's.

        Raises what the ingest raises.
        """
        with read_transaction(self._archive.database) as connection:
            items = list(items_of(connection, source.id).values())
        for item in departed(entries, items, now):
            self._save(replace(item, state=ItemState.GONE))
            yield Happened(source, item.address, Change.GONE, "the file is no longer there; its articles stay")
        new = matched(entries, arrived(entries, items, source.id, now))
        changed = [(item, entry) for item, entry in matched(entries, items) if entry.digest != item.digest]
        if new or changed:
            yield from self._read(
                source, [replace(item, digest=entry.digest, listed=True) for item, entry in changed + new]
            )

    def _read(self, source: Source, files: Iterable[SourceItem]) -> Iterator[Happened]:
        events = stored(self._ingest, _articles(files, source.owner))
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

    def _save(self, item: SourceItem) -> None:
        with write_transaction(self._archive.database) as connection:
            save_item(connection, item)


def _articles(files: Iterable[SourceItem], owner: str) -> Iterator[tuple[Read, Article | ReadError]]:
    for item in files:
        for article in read_path(Path(item.address), owner=owner):
            yield (item, isinstance(article, Article)), article


def _happened(source: Source, item: SourceItem, event: IngestEvent) -> Happened:
    if isinstance(event, ArticleFailed):
        return Happened(source, event.source, Change.FAILED, str(event.reason))
    change = Change.SAME if isinstance(event, ArticleSkipped) else Change.CHANGED if item.id else Change.NEW
    return Happened(source, item.address, change, title=event.article.title)
