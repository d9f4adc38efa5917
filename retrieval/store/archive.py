"""The archive: what it holds, and how that changes. Open it once a process; it may be used from any thread."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from retrieval.domain import OPERATOR, EmbeddingModel
from retrieval.errors import ArchiveError
from retrieval.store import upsert as changing
from retrieval.store.database import connect, migrate, read_transaction, write_transaction
from retrieval.store.lock import Clock, ingest_lock
from retrieval.store.model import store_model
from retrieval.store.near_duplicates import relate_stored, unrelated
from retrieval.store.records import Entry, Why
from retrieval.store.repository import Holdings
from retrieval.store.soft_deletion import BY_OPERATOR, Removal, put_aside, put_back
from retrieval.store.tombstones import let_in, let_words_in

FILE = "archive.sqlite"
TOGETHER = 50
"""Articles that are compared in one transaction: half a second in which nobody else writes."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Archive(Holdings):
    """Articles, their passages and quotations."""

    def __init__(self, folder: Path, database: Engine, clock: Clock) -> None:
        super().__init__(database)
        self.folder = folder
        self._clock = clock

    @classmethod
    def open(cls, folder: Path, clock: Clock = utc_now) -> "Archive":
        """Open the archive in `folder`, which is made if need be. Raises ArchiveError where that can't be done."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"the data folder {folder} can't be used: {error.strerror}") from error
        database = connect(folder / FILE)
        migrate(database, folder)
        return cls(folder, database, clock)

    def close(self) -> None:
        self.database.dispose()

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def put(self, entry: Entry) -> int:
        """Store an article with its units, in place of the one with its owner and id. Returns its row.

        The first decides the archive's model. Raises ReadError for text that could not be given back exactly, and
        ModelMismatch for another model's vectors.
        """
        with write_transaction(self.database) as connection:
            return changing.put(connection, entry, self._now())

    def remove(self, owner: str, id_: str, by: str = OPERATOR) -> bool:
        """Remove an article from all that is searched, until `restore` or the purge. False if there is none.

        `by` is the owner who removes it, which may be its own or the operator.
        """
        reason = BY_OPERATOR if by == OPERATOR != owner else None
        with write_transaction(self.database) as connection:
            return put_aside(connection, owner, id_, Removal(Why.REMOVED, self._now(), reason))

    def withdraw(self, owner: str, id_: str, reason: str) -> bool:
        """The same for an article that its publisher took back; it returns when it is published and read again.

        `reason` is for operators: how it is known.
        """
        with write_transaction(self.database) as connection:
            return put_aside(connection, owner, id_, Removal(Why.WITHDRAWN, self._now(), reason))

    def restore(self, owner: str, id_: str, by: str = OPERATOR) -> bool:
        """Undo a removal or withdrawal; the operator's own in a server's articles he alone undoes.

        False if there is nothing that `by` may put back any more.
        """
        with write_transaction(self.database) as connection:
            return put_back(connection, owner, id_, by)

    def let_in(self, owner: str, id_: str) -> bool:
        """Let an article be read again that was removed and purged. False if it wasn't."""
        with write_transaction(self.database) as connection:
            return let_in(connection, owner, id_)

    def let_words_in(self, owner: str, named: str) -> bool:
        """Let a removed article's words come in under another id; `named` as a Ban says. False if they may."""
        with write_transaction(self.database) as connection:
            return let_words_in(connection, owner, named)

    def relate_all(self) -> None:
        """Look for copies of the articles that an older version of the program stored."""
        with read_transaction(self.database) as connection:
            seqs = unrelated(connection)
        for start in range(0, len(seqs), TOGETHER):
            with write_transaction(self.database) as connection:
                for seq in seqs[start : start + TOGETHER]:
                    relate_stored(connection, seq)

    def change_model(self, model: EmbeddingModel) -> None:
        """Take `model` from now on; articles with another one's vectors are `outdated` until they are put again."""
        with write_transaction(self.database) as connection:
            store_model(connection, model)

    def ingest_lock(self, wait: float = 0) -> AbstractContextManager[None]:
        """Hold the archive for an ingest, waiting up to `wait` seconds, -1 for ever. Raises ArchiveBusy."""
        return ingest_lock(self.folder, self._clock, wait)
