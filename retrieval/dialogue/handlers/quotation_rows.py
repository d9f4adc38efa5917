"""Rows of the quotations that a list may show: by owner, speaker, role, publisher and the day they were said."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, Text, case, column, false, func, select, true, type_coerce

from retrieval.domain import Certainty, Kind
from retrieval.query import Period
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES
from retrieval.store.near_duplicates import numbers_table
from retrieval.store.schema import articles, quotations, units

DAY = func.coalesce(type_coerce(quotations.c.said_on, Text), func.substr(articles.c.published, 1, 10))
"""The day on which words were said, or else the day on which they were printed, ISO 8601."""
DESCRIBED = func.coalesce(quotations.c.speaker_role, "") + " " + func.coalesce(quotations.c.speaker_name, "")
"""A speaker's role and name."""
_LONG_ENOUGH = 30
"""Characters from which words say something by themselves."""


@dataclass(frozen=True, slots=True)
class QuotationFilters:
    """Which quotations may be listed; what is None is not narrowed by.

    `rows` are the units of given speakers, `publishers` and `descriptions` of speakers are as the archive has them,
    `period` is of the day on which words were said.
    """

    owners: frozenset[str]
    rows: frozenset[int] | None = None
    publishers: tuple[str, ...] | None = None
    descriptions: tuple[str, ...] | None = None
    period: Period | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the owners is asked for."""
        every = (self.rows, self.publishers, self.descriptions, self.period)
        return any(narrowing is not None for narrowing in every)


def count_rows(connection: Connection, wanted: QuotationFilters) -> int:
    """Return how many quotations `wanted` lets through."""
    query = select(func.count()).select_from(QUOTATIONS_WITH_ARTICLES).where(condition(wanted))
    return connection.scalar(query) or 0


def latest_rows(
    connection: Connection, wanted: QuotationFilters, offset: int, limit: int, *, telling_first: bool = False
) -> Sequence[int]:
    """Return units, the latest day first, undated ones last; direct words before others of a day.

    With `telling_first` direct words of some length whose speaker is certain come before all others.
    """
    telling = (
        (quotations.c.kind == Kind.DIRECT.value)
        & (quotations.c.certainty == Certainty.CERTAIN.value)
        & (units.c.end - units.c.start >= _LONG_ENOUGH)
    )
    first = [case((telling, 0), else_=1)] if telling_first else []
    direct = case((quotations.c.kind == Kind.DIRECT.value, 0), else_=1)
    query = _units(wanted).order_by(*first, DAY.desc(), direct, units.c.id).offset(offset).limit(limit)
    return connection.scalars(query).all()


def rows_among(connection: Connection, wanted: QuotationFilters, ids: Collection[int]) -> Sequence[int]:
    """Return those of the units `ids` that `wanted` lets through."""
    return connection.scalars(_units(wanted).where(units.c.id.in_(numbers_table(ids)))).all()


def rows_of_articles(connection: Connection, wanted: QuotationFilters, seqs: Collection[int]) -> Sequence[int]:
    """Return the quotations of the articles in the rows `seqs` that `wanted` lets through."""
    return connection.scalars(_units(wanted).where(units.c.article.in_(numbers_table(seqs)))).all()


def some_rows(connection: Connection, wanted: QuotationFilters, limit: int) -> Sequence[int]:
    """Return at most `limit` units that `wanted` lets through, in no particular order."""
    return connection.scalars(_units(wanted).limit(limit)).all()


def speaker_descriptions(connection: Connection, owners: Collection[str]) -> Sequence[str]:
    """Return the role and name of every speaker, each pair once."""
    query = select(DESCRIBED).select_from(QUOTATIONS_WITH_ARTICLES).where(articles.c.owner.in_(owners)).distinct()
    return connection.scalars(query).all()


def newest_day(connection: Connection, owners: Collection[str]) -> date | None:
    """Return the day of the newest dated article of `owners`."""
    found = connection.scalar(select(func.max(articles.c.published)).where(articles.c.owner.in_(owners)))
    return day_of(found)


def day_of(stated: str | None) -> date | None:
    """Return the day of an ISO 8601 date or moment; None for what is no day."""
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None


def condition(wanted: QuotationFilters) -> ColumnElement[bool]:
    """Return the SQL condition over QUOTATIONS_WITH_ARTICLES."""
    found = articles.c.owner.in_(wanted.owners) & (quotations.c.kind != Kind.MENTION.value)
    if wanted.rows is not None:
        found &= units.c.id.in_(numbers_table(wanted.rows))
    if wanted.publishers is not None:
        found &= articles.c.publisher.in_(wanted.publishers) if wanted.publishers else false()
    if wanted.descriptions is not None:
        found &= DESCRIBED.in_(_texts_table(wanted.descriptions))
    if wanted.period is not None:
        found &= _within(wanted.period)
    return found


def _units(wanted: QuotationFilters) -> Select[int]:
    return select(units.c.id).select_from(QUOTATIONS_WITH_ARTICLES).where(condition(wanted))


def _texts_table(texts: Collection[str]) -> Select[str]:
    """Return a subquery for `in_` that takes any number of texts, where bound parameters are limited."""
    each = func.json_each(json.dumps(list(texts))).table_valued(column("value"))
    return select(each.c.value)


def _within(period: Period) -> ColumnElement[bool]:
    after = period.first.isoformat() <= DAY if period.first else true()
    before = period.last.isoformat() >= DAY if period.last else true()
    return DAY.is_not(None) & after & before
