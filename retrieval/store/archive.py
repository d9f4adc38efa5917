"""The archive: one object that reads and changes all that is stored. Open it once a process; any thread may use it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from retrieval.domain import OPERATOR, EmbeddingModel
from retrieval.errors import ArchiveError
from retrieval.store.changelog import store_model
from retrieval.store.deletion.purge import DeletedArticle, KeptVersions, purge
from retrieval.store.deletion.soft_deletion import BY_OPERATOR, Removal, soft_delete, undelete
from retrieval.store.deletion.tombstones import lift_text_tombstone, lift_tombstone
from retrieval.store.near_duplicates import find_duplicates_of, without_bands
from retrieval.store.records import AnalysedArticle, DeletionKind
from retrieval.store.repository import ArticleRepository
from retrieval.store.sqlite.database import connect, migrate, read_transaction, write_transaction
from retrieval.store.sqlite.locks import Clock, ingest_lock
from retrieval.store.sqlite.private_files import make_private_file, make_private_folder, narrow_files
from retrieval.store.upsert import upsert

FILE = "archive.sqlite"
COMPARED_AT_ONCE = 50
"""Articles in one transaction of `find_missing_duplicates`: half a second in which nobody else writes."""


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


class Archive(ArticleRepository):
    """The archive in a data folder: what `ArticleRepository` reads, and every change to it, one transaction each."""

    def __init__(self, folder: Path, database: Engine, clock: Clock) -> None:
        super().__init__(database)
        self.folder = folder
        self._clock = clock

    @classmethod
    def open(cls, folder: Path, clock: Clock = utc_now) -> "Archive":
        """Open the archive in `folder`, which is made if need be. Raises ArchiveError where that can't be done.

        Folder and files are this user's alone from then on.
        """
        try:
            make_private_folder(folder)
        except OSError as error:
            raise ArchiveError(f"the data folder {folder} can't be used: {error.strerror}") from error
        with suppress(OSError):  # SQLite says better what is wrong
            make_private_file(folder / FILE)
        narrow_files(folder)
        database = connect(folder / FILE)
        migrate(database, folder)
        return cls(folder, database, clock)

    def close(self) -> None:
        """Close the database's connections."""
        self.database.dispose()

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def put(self, article: AnalysedArticle) -> int:
        """Store an article with its units, in place of the one with its owner and id. Returns its row.

        What it replaces is kept as a version; one that was removed or withdrawn is restored first. The first article
        decides the archive's model. Raises ReadError for text that could not be given back exactly, and ModelMismatch
        for another model's vectors.
        """
        with write_transaction(self.database) as connection:
            undelete(connection, article.article.owner, article.article.id, by=OPERATOR)
            return upsert(connection, article, self._now())

    def remove(self, owner: str, id_: str, by: str = OPERATOR) -> bool:
        """Soft-delete an article: out of every search, kept until `restore` or the purge. False if there is none.

        `by` is the owner who removes it: the article's own, or the operator.
        """
        reason = BY_OPERATOR if by == OPERATOR != owner else None
        with write_transaction(self.database) as connection:
            return soft_delete(connection, owner, id_, Removal(DeletionKind.REMOVED, self._now(), reason))

    def withdraw(self, owner: str, id_: str, reason: str) -> bool:
        """Soft-delete an article that its publisher took back; it returns when it is published and read again.

        `reason` tells operators how this is known.
        """
        with write_transaction(self.database) as connection:
            return soft_delete(connection, owner, id_, Removal(DeletionKind.WITHDRAWN, self._now(), reason))

    def restore(self, owner: str, id_: str, by: str = OPERATOR) -> bool:
        """Undo a removal or withdrawal. False if there is nothing that `by` may restore.

        A removal by the operator in a guild's articles can be undone by the operator alone.
        """
        with write_transaction(self.database) as connection:
            return undelete(connection, owner, id_, by)

    def lift_tombstone(self, owner: str, id_: str) -> bool:
        """Let a purged article be ingested again. Returns False if it wasn't removed and purged."""
        with write_transaction(self.database) as connection:
            return lift_tombstone(connection, owner, id_)

    def lift_text_tombstone(self, owner: str, reference: str) -> bool:
        """Let a removed article's text be ingested under another id; `reference` is the Tombstone's.

        Returns False if nothing kept it away.
        """
        with write_transaction(self.database) as connection:
            return lift_text_tombstone(connection, owner, reference)

    def purge(self, deleted: Sequence[DeletedArticle], earlier: Sequence[KeptVersions] = ()) -> None:
        """Wipe out those that are still deleted, the earlier versions of others, and what SQLite kept of all deletions.

        Takes about as long, and as much free space, as writing the archive anew. Raises ArchiveBusy during an ingest,
        or where another process reads so long that the old pages can't be given up.
        """
        with self.ingest_lock():
            purge(self.database, [each.seq for each in deleted], [each.seq for each in earlier])

    def find_missing_duplicates(self) -> None:
        """Find the near-duplicates of articles that a version of the program without that search stored."""
        with read_transaction(self.database) as connection:
            seqs = without_bands(connection)
        for start in range(0, len(seqs), COMPARED_AT_ONCE):
            with write_transaction(self.database) as connection:
                for seq in seqs[start : start + COMPARED_AT_ONCE]:
                    find_duplicates_of(connection, seq)

    def change_model(self, model: EmbeddingModel) -> None:
        """Take `model` from here on; articles with another model's vectors are `outdated` until they are put again."""
        with write_transaction(self.database) as connection:
            store_model(connection, model)

    def ingest_lock(self, wait: float = 0) -> AbstractContextManager[None]:
        """Hold the archive for an ingest, waiting up to `wait` seconds (-1: without limit). Raises ArchiveBusy."""
        return ingest_lock(self.folder, self._clock, wait)
