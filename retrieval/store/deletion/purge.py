"""What lies aside, what articles said before, and the end of both: after a purge no word of it stands in the archive's
file."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Subquery, func, null, select, text, true, update

from retrieval.errors import ArchiveBusy
from retrieval.store.archive import Archive
from retrieval.store.database import explained_errors, read_transaction, write_transaction
from retrieval.store.records import DeletionKind
from retrieval.store.schema import articles, set_aside, versions
from retrieval.store.versions import forget_versions

# Words that were deleted from a keyword index lie in its older parts until these are merged into one.
MERGE = ("INSERT INTO terms(terms) VALUES ('optimize')", "INSERT INTO article_terms(article_terms) VALUES ('optimize')")


@dataclass(frozen=True, slots=True)
class DeletedArticle:
    """A removed or withdrawn article whose words are still kept. `size` counts bytes, its earlier `versions` too."""

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
    """What an article that is there said before: how many `versions`, and how many bytes they take."""

    seq: int
    owner: str
    id: str
    title: str
    versions: int
    size: int


def deleted_articles(archive: Archive, owners: Collection[str] | None = None) -> list[DeletedArticle]:
    """Of `owners`, or of everybody, in the order in which they were removed."""
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
    with read_transaction(archive.database) as connection:
        return [
            DeletedArticle(**{**row, "why": DeletionKind(row["why"])}) for row in connection.execute(query).mappings()
        ]


def earlier_versions(archive: Archive, owners: Collection[str] | None = None) -> list[KeptVersions]:
    """Of the articles of `owners`, or of everybody's, those that said something else before."""
    counted = _counted_versions()
    told = (articles.c[name] for name in ("seq", "owner", "id", "title"))
    query = (
        select(*told, counted.c.number.label("versions"), counted.c.size)
        .join(counted, counted.c.article == articles.c.seq)
        .where(true() if owners is None else articles.c.owner.in_(owners))
        .order_by(articles.c.seq)
    )
    with read_transaction(archive.database) as connection:
        return [KeptVersions(**row) for row in connection.execute(query).mappings()]


def _counted_versions() -> Subquery:
    counted = (func.count().label("number"), func.sum(func.length(versions.c.content)).label("size"))
    return select(versions.c.article, *counted).group_by(versions.c.article).subquery()


def purge(archive: Archive, aside: Sequence[DeletedArticle], earlier: Sequence[KeptVersions] = ()) -> None:
    """Wipe out those that are still aside, the earlier versions of others, and whatever SQLite kept of anything that
    was deleted.

    What stays is that they were there. Takes about as long, and as much free space, as writing the archive anew.
    Raises ArchiveBusy while an ingest is at work, or where another process reads so long that the old pages can't be
    given up.
    """
    wanted = [each.seq for each in aside]
    gone = {"id": None, "title": None, "reason": None, "content": null(), "units": null()}
    with archive.ingest_lock():
        with write_transaction(archive.database) as connection:
            seqs = list(connection.scalars(select(set_aside.c.seq).where(set_aside.c.seq.in_(wanted))))
            forget_versions(connection, [*seqs, *(each.seq for each in earlier)])
            connection.execute(update(set_aside).where(set_aside.c.seq.in_(seqs)).values(gone))
            for merge in MERGE:
                connection.execute(text(merge))
        _write_anew(archive)


def _write_anew(archive: Archive) -> None:
    """Outside a transaction, as SQLite demands."""
    with explained_errors(archive.database), closing(archive.database.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ArchiveBusy(
            f"they can't be found any more, but their words are still in {archive.database.url.database}, for another "
            "process is reading it; run `ontherecord articles purge --all` in a moment"
        )
