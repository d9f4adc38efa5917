"""What one server added, shown to everybody: the operator takes an article over."""

from dataclasses import replace

import numpy as np
from sqlalchemy import select

from retrieval.articles import OPERATOR
from retrieval.errors import ArchiveError, NotFound
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction
from retrieval.store.feed import matrix
from retrieval.store.schema import vectors
from retrieval.store.values import Entry, NewUnit, Record


def share(archive: Archive, owner: str, id_: str) -> None:
    """The article is the operator's from now on, and the server can't remove it. Nothing is computed anew.

    Raises NotFound, and ArchiveError where the operator has an article of that id, or its vectors are out of date.
    """
    record = archive.record(owner, id_)
    if record is None:
        raise NotFound(f"{owner} has added no article {id_}")
    if archive.record(OPERATOR, id_):
        raise ArchiveError(f"everybody sees another article {id_} already")
    archive.put(_entry(archive, record))
    archive.remove(owner, id_)


def _entry(archive: Archive, record: Record) -> Entry:
    model = archive.model()
    if model is None or model.sha256 != record.model:
        raise ArchiveError("the article's vectors are another model's; `ontherecord ingest --rebuild` renews them")
    units = archive.units_of(record.article)
    query = select(vectors.c.unit, vectors.c.digest, vectors.c.vector).where(vectors.c.unit.in_([u.id for u in units]))
    with read_transaction(archive.database) as connection:
        known = {
            row.unit: (row.digest, matrix([row.vector])[0].astype(np.float32)) for row in connection.execute(query)
        }
    new = [NewUnit(unit.span, unit.context, unit.quotation, *known[unit.id]) for unit in units]
    article = replace(archive.article(record.article), owner=OPERATOR)
    return Entry(article, new, record.content_hash, record.rules_version, model, record.edits)
