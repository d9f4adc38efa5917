"""What was read from a source goes into the archive, and what has become of it into the source's list."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, IngestEvent
from retrieval.sources.checking import Change, Checked, Checker
from retrieval.store.archive import Archive
from retrieval.store.database import write_transaction
from retrieval.store.sources import ItemState, Source, save_item

Ingest = Callable[[Iterable[Article | ReadError]], Iterator[IngestEvent]]
What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Happened:
    """To something that a source listed, or to the source itself where the address is the source's."""

    source: Source
    address: str
    change: Change
    reason: str | None = None
    title: str | None = None


def stored(ingest: Ingest, read: Iterable[tuple[What, Article | ReadError]]) -> Iterator[tuple[What, IngestEvent]]:
    """What each article belongs to, with what the ingest made of it: it keeps the order of reading."""
    waiting: deque[What] = deque()

    def articles() -> Iterator[Article | ReadError]:
        for what, article in read:
            waiting.append(what)
            yield article

    for event in ingest(articles()):
        yield waiting.popleft(), event


class PageStore:
    """Of one refresh of a source. `known` are the ids of the articles that the source's items stand for."""

    def __init__(self, archive: Archive, ingest: Ingest, checker: Checker, source: Source, known: set[str]) -> None:
        self._archive = archive
        self._ingest = ingest
        self._checker = checker
        self._source = source
        self._known = known

    def put(self, pages: Iterable[Checked]) -> Iterator[Happened]:
        """Raises what the ingest raises."""
        read: list[tuple[Checked, Article]] = []
        others: list[Checked] = []
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

    def _is_taken(self, page: Checked, id_: str) -> bool:
        """Whether another item stands for the article, or a feed tells it in its own words that came from elsewhere."""
        told = page.item.state is ItemState.EXCERPT
        return id_ in self._known or (told and self._archive.record(self._source.owner, id_) is not None)

    def _after(self, page: Checked, event: IngestEvent) -> Checked:
        if isinstance(event, ArticleFailed):
            return self._checker.failed(page.before, ReadError(event.source, event.reason))
        if isinstance(event, ArticleSkipped) and page.change is not Change.MOVED:
            return replace(page, change=Change.SAME)
        return page

    def _save(self, pages: Sequence[Checked]) -> None:
        for page in pages:
            if page.change is Change.GONE and page.item.article:
                self._archive.withdraw(self._source.owner, page.item.article, page.reason or "")
        with write_transaction(self._archive.database) as connection:
            for page in pages:
                save_item(connection, page.item)

    def _happened(self, page: Checked) -> Happened:
        title = page.article.title if page.article else None
        return Happened(self._source, page.before.address, page.change, page.reason, title)


def _another_page_of_it(page: Checked) -> Checked:
    """Two addresses of one article: the first stands for it, lest they take turns in changing it."""
    return replace(page, item=replace(page.item, state=ItemState.LEFT), change=Change.SAME, article=None)
