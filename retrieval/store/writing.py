"""The writes. Each takes a connection inside a write transaction, so that all of an article is stored or nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from retrieval.domain import Article
from retrieval.errors import ModelMismatch, ReadError
from retrieval.store.model import store_model, stored_model
from retrieval.store.records import Entry, NewUnit
from retrieval.store.rows import article_row, quotation_row
from retrieval.store.schema import article_terms, articles, changes, quotations, terms, unit_words, units, vectors

FORGET_UNITS = text(
    "INSERT INTO terms(terms, rowid, title, speaker, words) "
    "SELECT 'delete', id, title, speaker, words FROM unit_words WHERE article = :seq"
)
FORGET_ARTICLE = text(
    "INSERT INTO article_terms(article_terms, rowid, title, text) "
    "SELECT 'delete', seq, title, text FROM articles WHERE seq = :seq"
)


def put(connection: Connection, entry: Entry, version: int, stored_at: str) -> int:
    """Store an article, in place of the one with its owner and id if there is one. Returns its row."""
    article = entry.article
    check_text(article)
    stored = stored_model(connection)
    if stored is None:
        store_model(connection, entry.model)
    elif stored.sha256 != entry.model.sha256:
        raise ModelMismatch("the archive has been given another embedding model meanwhile; run ingest again")
    row = article_row(article) | {
        "version": version,
        "edits": entry.edits,
        "content_hash": entry.content_hash,
        "rules_version": entry.rules_version,
        "model": entry.model.sha256,
        "stored_at": stored_at,
    }
    seq = put_article(connection, row)
    put_units(connection, seq, entry.units)
    return seq


def put_article(connection: Connection, row: dict[str, Any]) -> int:
    known = connection.execute(
        select(articles.c.seq, articles.c.version).where(articles.c.owner == row["owner"], articles.c.id == row["id"])
    ).one_or_none()
    if known is None:
        connection.execute(insert(articles).values(row))
        seq = connection.scalar(text("SELECT last_insert_rowid()"))
    else:
        seq = known.seq
        forget(connection, seq, known.version)
        connection.execute(update(articles).where(articles.c.seq == seq).values(row))
    index_article(connection, seq)
    return int(seq)


def index_article(connection: Connection, seq: int) -> None:
    words = select(articles.c.seq, articles.c.title, articles.c.text).where(articles.c.seq == seq)
    connection.execute(insert(article_terms).from_select(["rowid", "title", "text"], words))


def put_units(connection: Connection, seq: int, new: Sequence[NewUnit]) -> None:
    """Write transactions exclude each other, so the ids of an article's units follow one another."""
    if not new:
        return
    first = next_unit(connection)
    numbered = list(enumerate(new, first))
    connection.execute(insert(units), [_place(id_, seq, unit) for id_, unit in numbered])
    connection.execute(insert(vectors), [_vector(id_, unit) for id_, unit in numbered])
    said = [quotation_row(unit.quotation) | {"unit": id_} for id_, unit in numbered if unit.quotation is not None]
    if said:
        connection.execute(insert(quotations), said)
    words = select(unit_words.c.id, unit_words.c.title, unit_words.c.speaker, unit_words.c.words)
    connection.execute(
        insert(terms).from_select(["rowid", "title", "speaker", "words"], words.where(unit_words.c.article == seq))
    )
    connection.execute(insert(changes).values(op="added", first_unit=first, last_unit=numbered[-1][0]))


def _place(id_: int, seq: int, unit: NewUnit) -> dict[str, int]:
    return {"id": id_, "article": seq, "start": unit.span.start, "end": unit.span.end, "context": unit.context}


def _vector(id_: int, unit: NewUnit) -> dict[str, int | bytes]:
    return {"unit": id_, "digest": unit.digest, "vector": unit.vector.astype("<f2").tobytes()}


def next_unit(connection: Connection) -> int:
    used = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'units'"))
    return int(used or 0) + 1


def forget(connection: Connection, seq: int, version: int) -> None:
    """Take away all that an article is found by. The keyword indexes are told its words while they are still there."""
    connection.execute(FORGET_ARTICLE, {"seq": seq})
    first, last = connection.execute(
        select(func.min(units.c.id), func.max(units.c.id)).where(units.c.article == seq)
    ).one()
    if first is not None:
        connection.execute(FORGET_UNITS, {"seq": seq})
        connection.execute(delete(units).where(units.c.article == seq))
        gone = {"first_unit": first, "last_unit": last, "article": seq, "version": version}
        connection.execute(insert(changes).values(gone | {"op": "removed"}))


def check_text(article: Article) -> None:
    """SQLite cuts a text at NUL and can't encode a lone surrogate, so such a text could not be given back exactly."""
    for field, value in article_row(article).items():
        for string in value if isinstance(value, list) else [value]:
            if isinstance(string, str) and not storable(string):
                reason = f"its {field} holds a NUL character or half a character (a lone surrogate)"
                raise ReadError(article.source or article.id, reason)


def storable(string: str) -> bool:
    return "\0" not in string and not any("\ud800" <= character <= "\udfff" for character in string)
