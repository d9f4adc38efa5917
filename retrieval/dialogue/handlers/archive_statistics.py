"""Statistics of what may be seen, counted by SQL: articles, quotations, days, publishers and speakers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from retrieval.dialogue.handlers.quotation_rows import day_of
from retrieval.domain import Kind, SpeakerKind
from retrieval.query import Period
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES
from retrieval.store.schema import articles, quotations

PRINTED_ON = func.substr(articles.c.published, 1, 10)
"""The day on which an article was published."""


@dataclass(frozen=True, slots=True)
class ArchiveSize:
    """How many articles and quotations may be seen, and the days of the oldest and the newest dated article."""

    articles: int
    quotations: int
    first: date | None
    last: date | None


def archive_size(connection: Connection, owners: Collection[str]) -> ArchiveSize:
    """Return the size and period of what `owners` hold."""
    held = select(func.count(), func.min(PRINTED_ON), func.max(PRINTED_ON)).where(articles.c.owner.in_(owners))
    count, first, last = connection.execute(held).one()
    said = (
        select(func.count())
        .select_from(QUOTATIONS_WITH_ARTICLES)
        .where(articles.c.owner.in_(owners), quotations.c.kind != Kind.MENTION.value)
    )
    return ArchiveSize(count, connection.scalar(said) or 0, day_of(first), day_of(last))


def publisher_counts(connection: Connection, owners: Collection[str]) -> Mapping[str, int]:
    """Return how many articles each publisher has, the most first."""
    query = (
        select(articles.c.publisher, func.count())
        .where(articles.c.owner.in_(owners), articles.c.publisher.is_not(None))
        .group_by(articles.c.publisher)
        .order_by(func.count().desc(), articles.c.publisher)
    )
    return {name: count for name, count in connection.execute(query) if name}


def newest_articles(
    connection: Connection,
    owners: Collection[str],
    limit: int,
    *,
    publishers: Collection[str] | None = None,
    period: Period | None = None,
) -> Sequence[int]:
    """Return the rows of the newest articles, of some publishers or a period if these are given; undated ones last."""
    query = select(articles.c.seq).where(_printed(owners, publishers, period))
    return connection.scalars(query.order_by(articles.c.published.desc(), articles.c.seq.desc()).limit(limit)).all()


def oldest_articles(connection: Connection, owners: Collection[str], limit: int) -> Sequence[int]:
    """Return the rows of the oldest dated articles."""
    query = select(articles.c.seq).where(_printed(owners, None, None), articles.c.published.is_not(None))
    return connection.scalars(query.order_by(articles.c.published, articles.c.seq).limit(limit)).all()


def count_articles(
    connection: Connection,
    owners: Collection[str],
    publishers: Collection[str] | None = None,
    period: Period | None = None,
) -> int:
    """Return how many articles there are, of some publishers or a period if these are given."""
    return connection.scalar(select(func.count()).where(_printed(owners, publishers, period))) or 0


def most_quoted_names(connection: Connection, owners: Collection[str], limit: int) -> Sequence[str]:
    """Return the names of persons with the most quotations, as articles give them."""
    query = (
        select(quotations.c.speaker_name)
        .select_from(QUOTATIONS_WITH_ARTICLES)
        .where(articles.c.owner.in_(owners), quotations.c.speaker_kind == SpeakerKind.PERSON.value)
        .where(quotations.c.kind != Kind.MENTION.value, quotations.c.speaker_name.is_not(None))
        .group_by(quotations.c.speaker_name)
        .order_by(func.count().desc(), quotations.c.speaker_name)
        .limit(limit)
    )
    return [name for name in connection.scalars(query) if name]


def _printed(owners: Collection[str], publishers: Collection[str] | None, period: Period | None) -> ColumnElement[bool]:
    wanted: ColumnElement[bool] = articles.c.owner.in_(owners)
    if publishers is not None:
        wanted &= articles.c.publisher.in_(publishers)
    if period is not None and period.first is not None:
        wanted &= period.first.isoformat() <= PRINTED_ON
    if period is not None and period.last is not None:
        wanted &= period.last.isoformat() >= PRINTED_ON
    return wanted
