"""List what soft deletion and versions keep, and wipe it out: after a purge the file holds no word of it."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Subquery, func, null, select, text, true, update

from retrieval.errors import ArchiveBusy
from retrieval.store.records import DeletionKind
from retrieval.store.schema import articles, set_aside, versions
from retrieval.store.sqlite.database import explained_errors, write_transaction
from retrieval.store.versions import delete_versions

# FTS5 keeps deleted words in the older segments of an index until these are merged into one.
MERGE_SEGMENTS = (
    "INSERT INTO terms(terms) VALUES ('optimize')",
    "INSERT INTO article_terms(article_terms) VALUES ('optimize')",
)


@dataclass(frozen=True, slots=True)
class DeletedArticle:
    """A removed or withdrawn article whose words are still kept.

    `seq` is the row that it had, `versions` how many earlier versions are kept, `size` the bytes of all of it.
    """

    seq: int
    owner: str
    id: str
    title: str
    why: DeletionKind
    reason: str | None
    removed_at: str
    versions: int
    size: int


@dataclass(frozen=True, slots=True)
class KeptVersions:
    """The earlier versions of a present article: how many, and their size in bytes."""

    seq: int
    owner: str
    id: str
    title: str
    versions: int
    size: int


def deleted_articles(connection: Connection, owners: Collection[str] | None) -> list[DeletedArticle]:
    """Return the deleted articles of `owners` (None: of everybody) that aren't purged, in the order of deletion."""
    earlier = _counted_versions()
    number = func.coalesce(earlier.c.number, 0)
    size = func.length(set_aside.c.content) + func.length(set_aside.c.units) + func.coalesce(earlier.c.size, 0)
    told = (set_aside.c[name] for name in ("seq", "owner", "id", "title", "why", "reason", "removed_at"))
    query = (
        select(*told, number.label("versions"), size.label("size"))
        .outerjoin(earlier, earlier.c.article == set_aside.c.seq)
        .where(set_aside.c.content.is_not(None), true() if owners is None else set_aside.c.owner.in_(owners))
        .order_by(set_aside.c.removed_at, set_aside.c.seq)
    )
    rows = connection.execute(query).mappings()
    return [DeletedArticle(**{**row, "why": DeletionKind(row["why"])}) for row in rows]


def earlier_versions(connection: Connection, owners: Collection[str] | None) -> list[KeptVersions]:
    """Return the present articles of `owners` (None: of everybody) of which earlier versions are kept."""
    counted = _counted_versions()
    told = (articles.c[name] for name in ("seq", "owner", "id", "title"))
    query = (
        select(*told, counted.c.number.label("versions"), counted.c.size)
        .join(counted, counted.c.article == articles.c.seq)
        .where(true() if owners is None else articles.c.owner.in_(owners))
        .order_by(articles.c.seq)
    )
    return [KeptVersions(**row) for row in connection.execute(query).mappings()]


def _counted_versions() -> Subquery:
    counted = (func.count().label("number"), func.sum(func.length(versions.c.content)).label("size"))
    return select(versions.c.article, *counted).group_by(versions.c.article).subquery()


def purge(database: Engine, deleted: Sequence[int], present: Sequence[int]) -> None:
    """Wipe out the rows `deleted` that are still deleted, and the earlier versions of the articles in rows `present`.

    The database is then written anew, so that its file holds no deleted word: it takes about as long, and as much free
    space, as writing the archive. What stays is that the articles were there. The caller holds the ingest lock. Raises
    ArchiveBusy where another process reads so long that the old pages can't be given up.
    """
    gone = {"id": None, "title": None, "reason": None, "content": null(), "units": null()}
    with write_transaction(database) as connection:
        seqs = list(connection.scalars(select(set_aside.c.seq).where(set_aside.c.seq.in_(deleted))))
        delete_versions(connection, [*seqs, *present])
        connection.execute(update(set_aside).where(set_aside.c.seq.in_(seqs)).values(gone))
        for merge in MERGE_SEGMENTS:
            connection.execute(text(merge))
    _vacuum(database)


def _vacuum(database: Engine) -> None:
    """Write the database anew and empty its log, outside a transaction, as SQLite demands."""
    with explained_errors(database), closing(database.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ArchiveBusy(
            f"they can't be found any more, but their words are still in {database.url.database}, for another "
            "process is reading it; run `ontherecord articles purge --all` in a moment"
        )
