"""Store an article with its units, vectors and keywords, in place of what was stored under its owner and id.

Every function takes a connection inside a write transaction, so that all of an article is stored or nothing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from retrieval.domain import Article
from retrieval.errors import ModelMismatch, ReadError
from retrieval.store.changelog import store_model, stored_model
from retrieval.store.near_duplicates import find_duplicates
from retrieval.store.records import AnalysedArticle, NewUnit
from retrieval.store.rows import article_row, quotation_row
from retrieval.store.schema import article_terms, articles, changes, quotations, terms, unit_words, units, vectors
from retrieval.store.versions import differs, keep_version, stored_article

DELETE_UNIT_TERMS = text(
    "INSERT INTO terms(terms, rowid, title, speaker, words) "
    "SELECT 'delete', id, title, speaker, words FROM unit_words WHERE article = :seq"
)
DELETE_ARTICLE_TERMS = text(
    "INSERT INTO article_terms(article_terms, rowid, title, text) "
    "SELECT 'delete', seq, title, text FROM articles WHERE seq = :seq"
)


def upsert(connection: Connection, new: AnalysedArticle, now: str) -> int:
    """Store an article and keep what it replaces as a version. Returns its row; `now` is ISO 8601.

    Raises ReadError for text that could not be given back exactly, and ModelMismatch for another model's vectors.
    """
    article = new.article
    old = stored_article(connection, article.owner, article.id)
    if old is None:
        seq = put(connection, new, 1, now)
    else:
        changed = differs(old, new)
        seq = put(connection, new, old.article.version + changed, now if changed else old.stored_at)
        if changed:
            keep_version(connection, old, new, now)
    find_duplicates(connection, seq, article.text)
    return seq


def put(connection: Connection, new: AnalysedArticle, version: int, stored_at: str) -> int:
    """Store an article as `version`, without keeping what it replaces. Returns its row."""
    check_text(new.article)
    _take_model(connection, new)
    row = article_row(new.article) | {
        "version": version,
        "edits": new.edits,
        "content_hash": new.content_hash,
        "rules_version": new.rules_version,
        "model": new.model.sha256,
        "stored_at": stored_at,
    }
    seq = _put_article(connection, row)
    put_units(connection, seq, new.units)
    return seq


def _take_model(connection: Connection, new: AnalysedArticle) -> None:
    stored = stored_model(connection)
    if stored is None:
        store_model(connection, new.model)
    elif stored.sha256 != new.model.sha256:
        raise ModelMismatch("the archive has been given another embedding model meanwhile; run ingest again")


def _put_article(connection: Connection, row: dict[str, Any]) -> int:
    known = connection.execute(
        select(articles.c.seq, articles.c.version).where(articles.c.owner == row["owner"], articles.c.id == row["id"])
    ).one_or_none()
    if known is None:
        connection.execute(insert(articles).values(row))
        seq = connection.scalar(text("SELECT last_insert_rowid()"))
    else:
        seq = known.seq
        delete_units(connection, seq, known.version)
        connection.execute(update(articles).where(articles.c.seq == seq).values(row))
    index_article(connection, seq)
    return int(seq)


def index_article(connection: Connection, seq: int) -> None:
    """Enter the article's title and text into the keyword index of articles."""
    words = select(articles.c.seq, articles.c.title, articles.c.text).where(articles.c.seq == seq)
    connection.execute(insert(article_terms).from_select(["rowid", "title", "text"], words))


def put_units(connection: Connection, seq: int, new: Sequence[NewUnit]) -> None:
    """Store an article's units, with their vectors, quotations, keywords and a number in the change log.

    Write transactions exclude each other, so the ids of an article's units follow one another.
    """
    if not new:
        return
    first = _next_unit(connection)
    numbered = list(enumerate(new, first))
    connection.execute(insert(units), [_unit_row(id_, seq, unit) for id_, unit in numbered])
    connection.execute(insert(vectors), [_vector_row(id_, unit) for id_, unit in numbered])
    quoted = [quotation_row(unit.quotation) | {"unit": id_} for id_, unit in numbered if unit.quotation is not None]
    if quoted:
        connection.execute(insert(quotations), quoted)
    words = select(unit_words.c.id, unit_words.c.title, unit_words.c.speaker, unit_words.c.words)
    connection.execute(
        insert(terms).from_select(["rowid", "title", "speaker", "words"], words.where(unit_words.c.article == seq))
    )
    connection.execute(insert(changes).values(op="added", first_unit=first, last_unit=numbered[-1][0]))


def _unit_row(id_: int, seq: int, unit: NewUnit) -> dict[str, int]:
    return {"id": id_, "article": seq, "start": unit.span.start, "end": unit.span.end, "context": unit.context}


def _vector_row(id_: int, unit: NewUnit) -> dict[str, int | bytes]:
    return {"unit": id_, "digest": unit.digest, "vector": unit.vector.astype("<f2").tobytes()}


def _next_unit(connection: Connection) -> int:
    used = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'units'"))
    return int(used or 0) + 1


def delete_units(connection: Connection, seq: int, version: int) -> None:
    """Delete all that an article is found by. `version` is the one that the units belong to.

    FTS5's external content must be told the words that go while they are still there.
    """
    connection.execute(DELETE_ARTICLE_TERMS, {"seq": seq})
    first, last = connection.execute(
        select(func.min(units.c.id), func.max(units.c.id)).where(units.c.article == seq)
    ).one()
    if first is not None:
        connection.execute(DELETE_UNIT_TERMS, {"seq": seq})
        connection.execute(delete(units).where(units.c.article == seq))
        removed = {"op": "removed", "first_unit": first, "last_unit": last, "article": seq, "version": version}
        connection.execute(insert(changes).values(removed))


def check_text(article: Article) -> None:
    """Raise ReadError for text that SQLite can't give back: it cuts at NUL and can't encode a lone surrogate."""
    for field, value in article_row(article).items():
        for string in value if isinstance(value, list) else [value]:
            if isinstance(string, str) and not _storable(string):
                reason = f"its {field} holds a NUL character or half a character (a lone surrogate)"
                raise ReadError(article.source or article.id, reason)


def _storable(string: str) -> bool:
    return "\0" not in string and not any("\ud800" <= character <= "\udfff" for character in string)
