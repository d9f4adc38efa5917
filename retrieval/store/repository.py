"""What the archive holds: the truth, and the only source of words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, distinct, func, select

from retrieval.domain import Article, EmbeddingModel
from retrieval.errors import NotFound
from retrieval.store import changelog as feed
from retrieval.store.database import read_transaction
from retrieval.store.model import expect_model, stored_model
from retrieval.store.near_duplicates import listed
from retrieval.store.queries import LISTING, RECORD, UNITS
from retrieval.store.records import Counts, Feed, Listing, Record, State, Unit, Vectors
from retrieval.store.rows import article_of, unit_of
from retrieval.store.schema import articles, quotations, units, vectors
from retrieval.store.soft_deletion import edits_aside
from retrieval.store.tombstones import Ban, ban_on


class Holdings:
    """Reading alone, from any thread. Rows of articles and units are what others refer to them by."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def article(self, seq: int) -> Article:
        """Raises NotFound if the article has been removed."""
        found = self.articles([seq])
        if not found:
            raise NotFound(f"the archive holds no article in row {seq}")
        return found[seq]

    def articles(self, seqs: Iterable[int]) -> dict[int, Article]:
        """By row; removed ones are left out."""
        with read_transaction(self.database) as connection:
            return _articles(connection, seqs)

    def find(self, id_: str, owners: Collection[str]) -> tuple[int, Article] | None:
        """An article and its row by its id, among those of `owners`."""
        query = select(articles).where(articles.c.id == id_, articles.c.owner.in_(owners)).order_by(articles.c.seq)
        with read_transaction(self.database) as connection:
            row = connection.execute(query).mappings().first()
            return (row["seq"], article_of(row)) if row else None

    def record(self, owner: str, id_: str) -> Record | None:
        """What is known of a stored article without reading its text."""
        return next(iter(self._records((articles.c.owner == owner) & (articles.c.id == id_))), None)

    def outdated(self, rules_version: int, model: EmbeddingModel) -> list[Record]:
        """The articles whose quotations were found by other rules, or whose vectors another model made."""
        return self._records((articles.c.rules_version != rules_version) | (articles.c.model != model.sha256))

    def _records(self, condition: ColumnElement[bool]) -> list[Record]:
        with read_transaction(self.database) as connection:
            return [Record(*row) for row in connection.execute(RECORD.where(condition))]

    def listing(self) -> list[Listing]:
        """Every article, in the order in which they came in."""
        with read_transaction(self.database) as connection:
            return [Listing(*row) for row in connection.execute(LISTING)]

    def counts(self) -> Counts:
        with read_transaction(self.database) as connection:
            stored = connection.scalar(select(func.count()).select_from(articles)) or 0
            searched = connection.scalar(select(func.count()).select_from(units)) or 0
            said, speakers = connection.execute(
                select(func.count(), func.count(distinct(quotations.c.speaker_name)))
            ).one()
            return Counts(stored, searched - said, said, speakers)

    def units(self, ids: Sequence[int]) -> list[Unit]:
        """In the order of `ids`; those that are gone are left out."""
        with read_transaction(self.database) as connection:
            return _units(connection, ids)

    def units_in_articles(self, ids: Sequence[int]) -> list[tuple[Unit, Article]]:
        """The same with their articles, as both are at one moment: in another text a span means other words."""
        with read_transaction(self.database) as connection:
            found = _units(connection, ids)
            known = _articles(connection, {unit.article for unit in found})
        return [(unit, known[unit.article]) for unit in found]

    def articles_of(self, ids: Sequence[int]) -> dict[int, int]:
        """The rows of the articles that units are of, by unit; units that are gone are left out."""
        with read_transaction(self.database) as connection:
            rows = connection.execute(select(units.c.id, units.c.article).where(units.c.id.in_(listed(ids))))
            return {row.id: row.article for row in rows}

    def units_of(self, seq: int) -> list[Unit]:
        """An article's passages and quotations, in the order in which they were given."""
        with read_transaction(self.database) as connection:
            return [unit_of(row) for row in connection.execute(UNITS.where(units.c.article == seq)).mappings()]

    def whole(self, seq: int) -> tuple[Article, list[Unit]] | None:
        """An article and its units, as both are at one moment; None if it has been removed."""
        with read_transaction(self.database) as connection:
            article = _articles(connection, [seq]).get(seq)
            rows = connection.execute(UNITS.where(units.c.article == seq)).mappings()
            return (article, [unit_of(row) for row in rows]) if article else None

    def units_of_all(self, seqs: Iterable[int]) -> dict[int, list[Unit]]:
        """The units of several articles by article, each as `units_of` gives them; removed articles are left out."""
        found: dict[int, list[Unit]] = {}
        with read_transaction(self.database) as connection:
            for row in connection.execute(UNITS.where(units.c.article.in_(list(seqs)))).mappings():
                unit = unit_of(row)
                found.setdefault(unit.article, []).append(unit)
        return found

    def speakers(self) -> list[str]:
        """Everybody whom the archive quotes by name, each name once."""
        query = select(quotations.c.speaker_name).distinct().where(quotations.c.speaker_name.is_not(None))
        with read_transaction(self.database) as connection:
            return [name for name in connection.scalars(query) if name]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """Float32, (len(ids), dimension), in the order of `ids`. Raises NotFound if one of the units is gone."""
        query = select(vectors.c.unit, vectors.c.vector).where(vectors.c.unit.in_(listed(ids)))
        with read_transaction(self.database) as connection:
            found = {unit: vector for unit, vector in connection.execute(query)}  # noqa: C416  rows are no pairs to dict()
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            raise NotFound(f"the archive no longer holds unit {missing[0]}")
        return feed.matrix([found[id_] for id_ in ids]).astype(np.float32)

    def vectors_by_digest(self, seq: int) -> dict[bytes, Vectors]:
        """An article's vectors by the digest of the text that was embedded, so that they can be used again."""
        query = select(vectors.c.digest, vectors.c.vector).join(units).where(units.c.article == seq)
        with read_transaction(self.database) as connection:
            return {digest: feed.matrix([vector])[0].astype(np.float32) for digest, vector in connection.execute(query)}

    def kept_away(self, owner: str, id_: str, text: str | None = None) -> Ban | None:
        """Whether a person removed the article, or one with this text, so that reading it doesn't bring it back."""
        with read_transaction(self.database) as connection:
            return ban_on(connection, owner, id_, text)

    def edits_aside(self, owner: str, id_: str) -> dict[str, Any]:
        """What a person corrected in an article that has been withdrawn since."""
        with read_transaction(self.database) as connection:
            return edits_aside(connection, owner, id_)

    def model(self) -> EmbeddingModel | None:
        """The model that makes this archive's vectors, None before the first."""
        with read_transaction(self.database) as connection:
            return stored_model(connection)

    def expect_model(self, model: EmbeddingModel) -> None:
        """Make sure that the archive's vectors are `model`'s, if it has any. Raises ModelMismatch otherwise."""
        with read_transaction(self.database) as connection:
            expect_model(connection, model)

    def state(self) -> State:
        with read_transaction(self.database) as connection:
            return feed.state(connection)

    @contextmanager
    def feed(self, since: State) -> Iterator[Feed]:
        """What an engine that stands at `since` must take in; to be read inside the block."""
        with read_transaction(self.database) as connection:
            yield feed.changes_since(connection, since)


def _articles(connection: Connection, seqs: Iterable[int]) -> dict[int, Article]:
    rows = connection.execute(select(articles).where(articles.c.seq.in_(list(seqs)))).mappings()
    return {row["seq"]: article_of(row) for row in rows}


def _units(connection: Connection, ids: Sequence[int]) -> list[Unit]:
    rows = connection.execute(UNITS.where(units.c.id.in_(ids))).mappings()
    found = {row["id"]: unit_of(row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]
