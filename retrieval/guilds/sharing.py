"""Share an article that a guild added: the operator takes it over."""

import numpy as np
from sqlalchemy import select, update

from retrieval.domain import OPERATOR
from retrieval.errors import ArchiveError, NotFound
from retrieval.store.archive import Archive
from retrieval.store.changelog import matrix
from retrieval.store.records import ArticleRecord, NewUnit
from retrieval.store.schema import articles, vectors
from retrieval.store.sqlite.database import read_transaction, write_transaction
from retrieval.store.upsert import delete_units, index_article, put_units


def share(archive: Archive, owner: str, id_: str) -> None:
    """Make a guild's article the operator's: everybody sees it, and the guild can't remove it.

    It keeps its row, so that posted answers still refer to it; its units get new rows, so that every index takes them
    in. Nothing is analysed again. Raises NotFound, and ArchiveError where the operator has or has removed an article of
    that id, or its vectors are another model's.
    """
    record = archive.record(owner, id_)
    if record is None:
        raise NotFound(f"{owner} has added no article {id_}")
    if archive.record(OPERATOR, id_):
        raise ArchiveError(f"everybody sees another article {id_} already")
    seq, units = record.article, _units(archive, record)
    article = archive.article(seq)
    if ban := archive.tombstone(OPERATOR, id_, article.text):
        remedy = f"`ontherecord articles restore {ban.named}{' --elsewhere' if ban.words else ''}` comes first"
        raise ArchiveError(f"you removed an article {ban.named}{' with its words' if ban.words else ''}; {remedy}")
    with write_transaction(archive.database) as connection:
        delete_units(connection, seq, article.version)
        connection.execute(update(articles).where(articles.c.seq == seq).values(owner=OPERATOR))
        index_article(connection, seq)
        put_units(connection, seq, units)


def _units(archive: Archive, record: ArticleRecord) -> list[NewUnit]:
    model = archive.model()
    if model is None or model.sha256 != record.model:
        raise ArchiveError("the article's vectors are another model's; `ontherecord ingest --rebuild` renews them")
    units = archive.units_of(record.article)
    query = select(vectors.c.unit, vectors.c.digest, vectors.c.vector).where(vectors.c.unit.in_([u.id for u in units]))
    with read_transaction(archive.database) as connection:
        known = {
            row.unit: (row.digest, matrix([row.vector])[0].astype(np.float32)) for row in connection.execute(query)
        }
    return [NewUnit(unit.span, unit.context, unit.quotation, *known[unit.id]) for unit in units]
