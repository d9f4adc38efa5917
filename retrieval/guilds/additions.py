"""Add a guild's files and pages to the archive: read, counted against a limit, and ingested as the guild's own."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from retrieval.domain import Article
from retrieval.errors import ArchiveBusy, ReadError
from retrieval.ingest.events import ArticleSkipped, ArticleStored, IngestEvent
from retrieval.ingest.ingester import Ingester
from retrieval.reasons import Reason, ReasonCode
from retrieval.sandbox import SandboxedReader
from retrieval.store.archive import Archive
from retrieval.store.schema import articles
from retrieval.store.sqlite.database import read_transaction
from retrieval.store.sqlite.locks import held_since

INGEST_PATIENCE = 600.0
"""Seconds that another ingest is waited for."""
MOST_ARTICLES_IN_FILE = 2000
"""Articles that are taken from one file; those that can't be read count too, as a line of one byte is one."""

MOST_TEXT_IN_FILE = 20_000_000
"""Characters of text that are taken from one file, as they are kept in memory until they are stored."""


@dataclass(frozen=True, slots=True)
class WaitingForIngest:
    """Step: another process holds the archive; `since` when, None if that isn't known."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class AdditionStarted:
    """Step: so many articles are about to be ingested."""

    articles: int


@dataclass(frozen=True, slots=True)
class GuildArticle:
    """An article in a guild's list; `row` is the store's, `published` ISO 8601."""

    row: int
    title: str
    publisher: str | None
    published: str | None


AdditionStep = WaitingForIngest | AdditionStarted | IngestEvent


@dataclass(frozen=True, slots=True)
class GuildAdditions:
    """Adds, lists and removes the articles of guilds.

    `ingester` makes an ingester that waits so many seconds for another ingest; `fetched` returns the article at an
    address for an owner, `reader` those of files. `most` is how many articles one owner may have, removed ones
    included until the purge.
    """

    archive: Archive
    ingester: Callable[[float], Ingester]
    fetched: Callable[[str, str], Article]
    most: int
    reader: SandboxedReader

    def add_file(
        self, data: bytes, name: str, owner: str, *, patience: float = INGEST_PATIENCE
    ) -> Iterator[AdditionStep]:
        """Add the articles of a file. Two files of one name are two articles, unless their bytes are the same."""
        digest = hashlib.sha256(data).hexdigest()[:8]
        read = self.reader.read_bytes(data, name=f"{digest}/{name}", owner=owner)
        yield from self._add(list(_limited(read, name)), owner, patience)

    def add_address(self, address: str, owner: str, *, patience: float = INGEST_PATIENCE) -> Iterator[AdditionStep]:
        """Add the article at an address. Raises FetchError and ReadError."""
        yield from self._add([self.fetched(address, owner)], owner, patience)

    def restore(self, owner: str, id_: str) -> bool:
        """Undo a removal by the owner. Returns False if there is none, or the operator removed the article."""
        return self.archive.restore(owner, id_, by=owner)

    def remove(self, owner: str, id_: str) -> bool:
        """Remove an owner's article. Returns False if there is none."""
        return self.archive.remove(owner, id_, by=owner)

    def count(self, owner: str) -> int:
        """Return how many articles an owner has."""
        query = select(func.count()).select_from(articles).where(articles.c.owner == owner)
        with read_transaction(self.archive.database) as connection:
            return connection.scalar(query) or 0

    def listing(self, owner: str, offset: int, limit: int) -> list[GuildArticle]:
        """Return a page of an owner's articles, the newest first."""
        shown = (articles.c.seq, articles.c.title, articles.c.publisher, articles.c.published)
        query = select(*shown).where(articles.c.owner == owner).order_by(articles.c.seq.desc())
        with read_transaction(self.archive.database) as connection:
            return [GuildArticle(*row) for row in connection.execute(query.offset(offset).limit(limit))]

    def row(self, owner: str, id_: str) -> int | None:
        """Return the row of an owner's article, None where there is none."""
        found = self.archive.record(owner, id_)
        return found.article if found else None

    def article(self, owner: str, row: int) -> Article | None:
        """Return the article in a row if it is the owner's."""
        found = self.archive.articles([row]).get(row)
        return found if found and found.owner == owner else None

    def held_since(self) -> datetime | None:
        """Return since when an ingest has been running; None if none is."""
        return held_since(self.archive.folder)

    def _add(self, read: Sequence[Article | ReadError], owner: str, patience: float) -> Iterator[AdditionStep]:
        wanted = list(self._within(read, owner))
        yield AdditionStarted(len(wanted))
        try:
            yield from self._ingested(wanted, 0.0)
        except ArchiveBusy:
            yield WaitingForIngest(self.held_since())
            yield from self._ingested(wanted, min(patience, INGEST_PATIENCE))

    def _ingested(self, read: Iterable[Article | ReadError], wait: float) -> Iterator[IngestEvent]:
        for event in self.ingester(wait).ingest(read):
            yield self._restored(event) if isinstance(event, ArticleSkipped) else event

    def _restored(self, event: ArticleSkipped) -> IngestEvent:
        """Restore an article that its owner removed and adds again; returns `event` where that isn't so."""
        article = event.article
        if self.archive.find(article.id, [article.owner]) or not self.restore(article.owner, article.id):
            return event
        found = self.archive.find(article.id, [article.owner])
        units = self.archive.units_of(found[0]) if found else []
        quotations = sum(unit.quotation is not None for unit in units)
        return ArticleStored(article, len(units) - quotations, quotations)

    def _within(self, read: Iterable[Article | ReadError], owner: str) -> Iterator[Article | ReadError]:
        aside = {each.id for each in self.archive.deleted_articles({owner})}
        room = self.most - self.count(owner) - len(aside)
        for article in read:
            known = isinstance(article, Article) and (article.id in aside or self.archive.record(owner, article.id))
            if isinstance(article, ReadError) or known:
                yield article
            elif room > 0:
                room -= 1
                yield article
            else:
                yield ReadError(article.source or article.id, _full(self.most, len(aside)))


def _full(most: int, aside: int) -> Reason:
    full = Reason.of(ReasonCode.NO_ROOM, most=f"{most:,}")
    removed = f"{aside:,} that were removed take some of it until whoever runs this bot purges them"
    return Reason.stated(f"{full}; {removed}") if aside else full


def _limited(read: Iterable[Article | ReadError], name: str) -> Iterator[Article | ReadError]:
    """Yield what is read of a file up to the limits, then a ReadError if there is more."""
    room = MOST_TEXT_IN_FILE
    for number, each in enumerate(read):
        room -= len(each.text) if isinstance(each, Article) else 0
        if number == MOST_ARTICLES_IN_FILE:
            yield ReadError(
                name, f"holds more than {MOST_ARTICLES_IN_FILE:,} articles; those behind them were left out"
            )
            return
        if room < 0:
            yield ReadError(
                name, f"holds more than {MOST_TEXT_IN_FILE:,} characters of text; the articles behind were left out"
            )
            return
        yield each
