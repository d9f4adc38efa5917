"""The longer queries of the archive, to be narrowed by `where`."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select, tuple_

from retrieval.domain import Article
from retrieval.store.schema import articles, quotations, units

UNITS = select(units, quotations).outerjoin(quotations, quotations.c.unit == units.c.id).order_by(units.c.id)

RECORD = select(
    articles.c.seq,
    articles.c.owner,
    articles.c.id,
    articles.c.content_hash,
    articles.c.rules_version,
    articles.c.model,
    articles.c.edits,
).order_by(articles.c.seq)

LISTING = (
    select(
        articles.c.seq,
        articles.c.owner,
        articles.c.id,
        articles.c.version,
        articles.c.title,
        articles.c.publisher,
        articles.c.published,
        articles.c.source,
        articles.c.stored_at,
        func.count(units.c.id) - func.count(quotations.c.unit),
        func.count(quotations.c.unit),
    )
    .outerjoin(units, units.c.article == articles.c.seq)
    .outerjoin(quotations, quotations.c.unit == units.c.id)
    .group_by(articles.c.seq)
    .order_by(articles.c.seq)
)


def rows_of(connection: Connection, of: Iterable[Article]) -> dict[tuple[str, str], int]:
    """The rows of articles by owner and id; those that are gone are left out."""
    wanted = {(article.owner, article.id) for article in of}
    query = select(articles.c.owner, articles.c.id, articles.c.seq)
    rows = connection.execute(query.where(tuple_(articles.c.owner, articles.c.id).in_(wanted))) if wanted else ()
    return {(owner, id_): seq for owner, id_, seq in rows}
