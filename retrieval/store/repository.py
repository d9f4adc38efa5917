"""Read what the archive holds: the truth, and the only source of words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, distinct, func, select

from retrieval.domain import Article, EmbeddingModel
from retrieval.errors import NotFound
from retrieval.store.changelog import changes_since, current_state, expect_model, matrix, stored_model
from retrieval.store.deletion.purge import DeletedArticle, KeptVersions, deleted_articles, earlier_versions
from retrieval.store.deletion.soft_deletion import deleted_edits
from retrieval.store.deletion.tombstones import Tombstone, tombstone_of
from retrieval.store.near_duplicates import numbers_table
from retrieval.store.records import ArchiveCounts, ArchiveState, ArticleListing, ArticleRecord, ChangeSet, Unit, Vectors
from retrieval.store.rows import LISTING, RECORD, UNITS, article_of, unit_of
from retrieval.store.schema import articles, quotations, units, vectors
from retrieval.store.sqlite.database import read_transaction


class ArticleRepository:
    """Reads articles, units and vectors, from any thread. Other rooms refer to articles and units by their rows."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def article(self, seq: int) -> Article:
        """Return the article in a row. Raises NotFound if it has been removed."""
        found = self.articles([seq])
        if not found:
            raise NotFound(f"the archive holds no article in row {seq}")
        return found[seq]

    def articles(self, seqs: Iterable[int]) -> dict[int, Article]:
        """Return articles by row; removed ones are left out."""
        with read_transaction(self.database) as connection:
            return _articles(connection, seqs)

    def find(self, id_: str, owners: Collection[str]) -> tuple[int, Article] | None:
        """Return the row and the article with this id among those of `owners`, None where there is none."""
        query = select(articles).where(articles.c.id == id_, articles.c.owner.in_(owners)).order_by(articles.c.seq)
        with read_transaction(self.database) as connection:
            row = connection.execute(query).mappings().first()
            return (row["seq"], article_of(row)) if row else None

    def record(self, owner: str, id_: str) -> ArticleRecord | None:
        """Return what is known of a stored article, without its text; None where there is none."""
        return next(iter(self._records((articles.c.owner == owner) & (articles.c.id == id_))), None)

    def outdated(self, rules_version: int, model: EmbeddingModel) -> list[ArticleRecord]:
        """Return the articles that other rules analysed, or whose vectors another model made."""
        return self._records((articles.c.rules_version != rules_version) | (articles.c.model != model.sha256))

    def _records(self, condition: ColumnElement[bool]) -> list[ArticleRecord]:
        with read_transaction(self.database) as connection:
            return [ArticleRecord(*row) for row in connection.execute(RECORD.where(condition))]

    def listing(self) -> list[ArticleListing]:
        """Return one line for every article, in the order in which they were first stored."""
        with read_transaction(self.database) as connection:
            return [ArticleListing(*row) for row in connection.execute(LISTING)]

    def counts(self) -> ArchiveCounts:
        """Return how many articles, passages, quotations and speakers there are."""
        with read_transaction(self.database) as connection:
            stored = connection.scalar(select(func.count()).select_from(articles)) or 0
            searched = connection.scalar(select(func.count()).select_from(units)) or 0
            said, speakers = connection.execute(
                select(func.count(), func.count(distinct(quotations.c.speaker_name)))
            ).one()
            return ArchiveCounts(stored, searched - said, said, speakers)

    def units(self, ids: Sequence[int]) -> list[Unit]:
        """Return units in the order of `ids`; those that are gone are left out."""
        with read_transaction(self.database) as connection:
            return _units(connection, ids)

    def units_with_articles(self, ids: Sequence[int]) -> list[tuple[Unit, Article]]:
        """Return units with their articles, read in one transaction: in another text a span means other words."""
        with read_transaction(self.database) as connection:
            found = _units(connection, ids)
            known = _articles(connection, {unit.article for unit in found})
        return [(unit, known[unit.article]) for unit in found]

    def articles_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the articles' rows by unit; units that are gone are left out."""
        with read_transaction(self.database) as connection:
            rows = connection.execute(select(units.c.id, units.c.article).where(units.c.id.in_(numbers_table(ids))))
            return {row.id: row.article for row in rows}

    def units_of(self, seq: int) -> list[Unit]:
        """Return an article's passages and quotations, in the order in which they were stored."""
        with read_transaction(self.database) as connection:
            return [unit_of(row) for row in connection.execute(UNITS.where(units.c.article == seq)).mappings()]

    def whole(self, seq: int) -> tuple[Article, list[Unit]] | None:
        """Return an article and its units, read in one transaction; None if it has been removed."""
        with read_transaction(self.database) as connection:
            article = _articles(connection, [seq]).get(seq)
            rows = connection.execute(UNITS.where(units.c.article == seq)).mappings()
            return (article, [unit_of(row) for row in rows]) if article else None

    def units_of_all(self, seqs: Iterable[int]) -> dict[int, list[Unit]]:
        """Return the units of several articles by article's row; removed articles are left out."""
        found: dict[int, list[Unit]] = {}
        with read_transaction(self.database) as connection:
            for row in connection.execute(UNITS.where(units.c.article.in_(list(seqs)))).mappings():
                unit = unit_of(row)
                found.setdefault(unit.article, []).append(unit)
        return found

    def speakers(self) -> list[str]:
        """Return the names of all quoted speakers, each once."""
        query = select(quotations.c.speaker_name).distinct().where(quotations.c.speaker_name.is_not(None))
        with read_transaction(self.database) as connection:
            return [name for name in connection.scalars(query) if name]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """Return float32 vectors, (len(ids), dimension), in the order of `ids`. Raises NotFound if a unit is gone."""
        query = select(vectors.c.unit, vectors.c.vector).where(vectors.c.unit.in_(numbers_table(ids)))
        with read_transaction(self.database) as connection:
            found = {unit: vector for unit, vector in connection.execute(query)}  # noqa: C416  rows are no pairs to dict()
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            raise NotFound(f"the archive no longer holds unit {missing[0]}")
        return matrix([found[id_] for id_ in ids]).astype(np.float32)

    def vectors_by_digest(self, seq: int) -> dict[bytes, Vectors]:
        """Return an article's vectors by the digest of the text that was embedded, so that they can be reused."""
        query = select(vectors.c.digest, vectors.c.vector).join(units).where(units.c.article == seq)
        with read_transaction(self.database) as connection:
            return {digest: matrix([vector])[0].astype(np.float32) for digest, vector in connection.execute(query)}

    def tombstone(self, owner: str, id_: str, text: str | None = None) -> Tombstone | None:
        """Return why an ingest may not bring the article back, by its id or its text; None where it may."""
        with read_transaction(self.database) as connection:
            return tombstone_of(connection, owner, id_, text)

    def deleted_edits(self, owner: str, id_: str) -> dict[str, Any]:
        """Return the corrections made to an article that has been removed or withdrawn since."""
        with read_transaction(self.database) as connection:
            return deleted_edits(connection, owner, id_)

    def deleted_articles(self, owners: Collection[str] | None = None) -> list[DeletedArticle]:
        """Return the deleted articles of `owners` (None: of everybody) that aren't purged, in the order of deletion."""
        with read_transaction(self.database) as connection:
            return deleted_articles(connection, owners)

    def earlier_versions(self, owners: Collection[str] | None = None) -> list[KeptVersions]:
        """Return the present articles of `owners` (None: of everybody) of which earlier versions are kept."""
        with read_transaction(self.database) as connection:
            return earlier_versions(connection, owners)

    def model(self) -> EmbeddingModel | None:
        """Return the model that makes this archive's vectors, None before the first."""
        with read_transaction(self.database) as connection:
            return stored_model(connection)

    def expect_model(self, model: EmbeddingModel) -> None:
        """Raise ModelMismatch unless the archive's vectors are `model`'s, or it has none."""
        with read_transaction(self.database) as connection:
            expect_model(connection, model)

    def state(self) -> ArchiveState:
        """Return the number and mark of the last change."""
        with read_transaction(self.database) as connection:
            return current_state(connection)

    @contextmanager
    def changes_since(self, since: ArchiveState) -> Iterator[ChangeSet]:
        """Give what an index that stands at `since` must take in; to be read inside the block."""
        with read_transaction(self.database) as connection:
            yield changes_since(connection, since)


def _articles(connection: Connection, seqs: Iterable[int]) -> dict[int, Article]:
    rows = connection.execute(select(articles).where(articles.c.seq.in_(list(seqs)))).mappings()
    return {row["seq"]: article_of(row) for row in rows}


def _units(connection: Connection, ids: Sequence[int]) -> list[Unit]:
    rows = connection.execute(UNITS.where(units.c.id.in_(ids))).mappings()
    found = {row["id"]: unit_of(row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]
