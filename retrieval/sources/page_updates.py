"""Update the archive from checked pages: store their articles and save their items."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, IngestEvent
from retrieval.sources.item_checks import CheckedItem, ItemChange, ItemChecker
from retrieval.store.archive import Archive
from retrieval.store.sources import ItemState, Source, save_item
from retrieval.store.sqlite.database import write_transaction

Ingest = Callable[[Iterable[Article | ReadError]], Iterator[IngestEvent]]
What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class RefreshEvent:
    """What happened to an item of a source, or to the source itself where the address is the source's."""

    source: Source
    address: str
    change: ItemChange
    reason: str | None = None
    title: str | None = None


def stored(ingest: Ingest, read: Iterable[tuple[What, Article | ReadError]]) -> Iterator[tuple[What, IngestEvent]]:
    """Ingest articles and yield each one's companion value with its event, in the order of reading."""
    waiting: deque[What] = deque()

    def articles() -> Iterator[Article | ReadError]:
        for what, article in read:
            waiting.append(what)
            yield article

    for event in ingest(articles()):
        yield waiting.popleft(), event


class PageUpdater:
    """Stores the pages of one refresh. `known` are the ids of the articles that belong to the source's items."""

    def __init__(self, archive: Archive, ingest: Ingest, checker: ItemChecker, source: Source, known: set[str]) -> None:
        self._archive = archive
        self._ingest = ingest
        self._checker = checker
        self._source = source
        self._known = known

    def put(self, pages: Iterable[CheckedItem]) -> Iterator[RefreshEvent]:
        """Store checked pages and yield an event for each. Raises what the ingest raises."""
        read: list[tuple[CheckedItem, Article]] = []
        others: list[CheckedItem] = []
        for page in pages:
            if page.article is None:
                others.append(page)
                yield self._happened(page)
            elif page.before.article is None and self._is_taken(page, page.article.id):
                others.append(_another_page_of_it(page))
                yield self._happened(others[-1])
            else:
                self._known.add(page.article.id)
                read.append((page, page.article))
        self._save(others)
        if read:
            for page, event in stored(self._ingest, read):
                after = self._after(page, event)
                self._save([after])
                yield self._happened(after)

    def _is_taken(self, page: CheckedItem, id_: str) -> bool:
        """Return whether the article belongs to another item, or is an excerpt of one that came from elsewhere."""
        told = page.item.state is ItemState.EXCERPT
        return id_ in self._known or (told and self._archive.record(self._source.owner, id_) is not None)

    def _after(self, page: CheckedItem, event: IngestEvent) -> CheckedItem:
        if isinstance(event, ArticleFailed):
            return self._checker.failed(page.before, ReadError(event.source, event.reason))
        if isinstance(event, ArticleSkipped) and page.change is not ItemChange.MOVED:
            return replace(page, change=ItemChange.SAME)
        return page

    def _save(self, pages: Sequence[CheckedItem]) -> None:
        for page in pages:
            if page.change is ItemChange.GONE and page.item.article:
                self._archive.withdraw(self._source.owner, page.item.article, page.reason or "")
        with write_transaction(self._archive.database) as connection:
            for page in pages:
                save_item(connection, page.item)

    def _happened(self, page: CheckedItem) -> RefreshEvent:
        title = page.article.title if page.article else None
        return RefreshEvent(self._source, page.before.address, page.change, page.reason, title)


def _another_page_of_it(page: CheckedItem) -> CheckedItem:
    """Return the item as a duplicate address of an article; the first address alone updates it."""
    return replace(page, item=replace(page.item, state=ItemState.LEFT), change=ItemChange.SAME, article=None)
