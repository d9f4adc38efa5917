"""What a server adds to the archive: a file or a page, read, held against what it may add, and stored as its own."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from retrieval.domain import Article
from retrieval.errors import ArchiveBusy, ReadError
from retrieval.ingest.events import ArticleSkipped, ArticleStored, IngestEvent
from retrieval.ingest.ingester import Ingester
from retrieval.readers import read_bytes
from retrieval.reasons import Reason, ReasonCode
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction
from retrieval.store.locks import held_since
from retrieval.store.schema import articles

PATIENCE = 600.0
"""Seconds that another ingest is waited for."""
AT_ONCE = 2000
"""How many articles of one file are taken, those that can't be read among them: a line of one byte is one, too."""


@dataclass(frozen=True, slots=True)
class WaitingForIngest:
    """Another process holds the archive, since then if that is known."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class AdditionStarted:
    """How many articles there are to be read."""

    articles: int


@dataclass(frozen=True, slots=True)
class GuildArticle:
    """`row` is the article's; `published` is ISO 8601."""

    row: int
    title: str
    publisher: str | None
    published: str | None


AdditionStep = WaitingForIngest | AdditionStarted | IngestEvent


@dataclass(frozen=True, slots=True)
class GuildAdditions:
    """`ingester` makes one that waits for that many seconds; `fetched` gives the article at an address, for an owner.

    `most` is how many articles one owner may have here, those included that were removed and lie aside until the purge.
    """

    archive: Archive
    ingester: Callable[[float], Ingester]
    fetched: Callable[[str, str], Article]
    most: int

    def add_file(self, data: bytes, name: str, owner: str) -> Iterator[AdditionStep]:
        """Two files of one name are two articles, unless they are the same."""
        digest = hashlib.sha256(data).hexdigest()[:8]
        read = read_bytes(data, name=f"{digest}/{name}", owner=owner)
        yield from self._add(list(_first(read, name)), owner)

    def add_address(self, address: str, owner: str) -> Iterator[AdditionStep]:
        """Raises FetchError and ReadError."""
        yield from self._add([self.fetched(address, owner)], owner)

    def restore(self, owner: str, id_: str) -> bool:
        """Undo a removal; False if there is nothing to be had back, or the operator removed it."""
        return self.archive.restore(owner, id_, by=owner)

    def remove(self, owner: str, id_: str) -> bool:
        return self.archive.remove(owner, id_, by=owner)

    def count(self, owner: str) -> int:
        query = select(func.count()).select_from(articles).where(articles.c.owner == owner)
        with read_transaction(self.archive.database) as connection:
            return connection.scalar(query) or 0

    def listing(self, owner: str, offset: int, limit: int) -> list[GuildArticle]:
        """The newest first."""
        shown = (articles.c.seq, articles.c.title, articles.c.publisher, articles.c.published)
        query = select(*shown).where(articles.c.owner == owner).order_by(articles.c.seq.desc())
        with read_transaction(self.archive.database) as connection:
            return [GuildArticle(*row) for row in connection.execute(query.offset(offset).limit(limit))]

    def row(self, owner: str, id_: str) -> int | None:
        found = self.archive.record(owner, id_)
        return found.article if found else None

    def article(self, owner: str, row: int) -> Article | None:
        found = self.archive.articles([row]).get(row)
        return found if found and found.owner == owner else None

    def held_since(self) -> datetime | None:
        """Since when an ingest has been running; None if none is."""
        return held_since(self.archive.folder)

    def _add(self, read: Sequence[Article | ReadError], owner: str) -> Iterator[AdditionStep]:
        wanted = list(self._within(read, owner))
        yield AdditionStarted(len(wanted))
        try:
            yield from self._ingested(wanted, 0.0)
        except ArchiveBusy:
            yield WaitingForIngest(self.held_since())
            yield from self._ingested(wanted, PATIENCE)

    def _ingested(self, read: Iterable[Article | ReadError], wait: float) -> Iterator[IngestEvent]:
        for event in self.ingester(wait).ingest(read):
            yield self._had_back(event) if isinstance(event, ArticleSkipped) else event

    def _had_back(self, event: ArticleSkipped) -> IngestEvent:
        """What was removed and is added again is wanted again, unless it was the operator who removed it."""
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


def _first(read: Iterable[Article | ReadError], name: str) -> Iterator[Article | ReadError]:
    for number, each in enumerate(read):
        if number == AT_ONCE:
            yield ReadError(name, f"holds more than {AT_ONCE:,} articles; those behind them were left out")
            return
        yield each
