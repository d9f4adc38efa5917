"""Feedback on answers: right or wrong, and why. Kept in a file of its own in the data folder."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from sqlalchemy import BigInteger, Boolean, Column, MetaData, Table, Text, create_engine, delete, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.services.worker import Worker
from retrieval.errors import ArchiveError
from retrieval.store.sqlite.private_files import make_private_file

log = structlog.get_logger(__name__)

FILE = "judgements.sqlite"
DAMAGED = ".damaged-"
"""What stands between the name of a damaged file that was moved aside, and the time."""

_metadata = MetaData()
_judgements = Table(
    "judgements",
    _metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("about", Text, primary_key=True),
    Column("right", Boolean, nullable=False),
    Column("reason", Text),
    Column("given_at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's judgement of one answer. `about` is the reference to its words; `person` is Discord's id."""

    person: int
    about: str
    right: bool
    reason: str | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class FeedbackStore:
    """The file of feedback; may be used from any thread."""

    def __init__(self, file: Path, clock: Callable[[], datetime] = _now) -> None:
        make_private_file(file)
        self._database = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10}, hide_parameters=True)
        self._clock = clock
        _metadata.create_all(self._database)

    def check(self) -> None:
        """Raise DatabaseError if the file is damaged."""
        with self._database.connect() as connection:
            found = connection.scalar(text("PRAGMA quick_check(1)"))
            if found != "ok":
                raise DatabaseError("PRAGMA quick_check", None, ValueError(found))

    def add(self, feedback: Feedback) -> None:
        """Keep feedback, in place of what the person thought of the same answer before."""
        row = {**asdict(feedback), "given_at": self._clock().isoformat(timespec="seconds")}
        statement = insert(_judgements).values(row)
        with self._database.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["person", "about"], set_=row))

    def of(self, person: int) -> list[dict[str, Any]]:
        """Return everything that is kept about this person."""
        query = select(_judgements).where(_judgements.c.person == person).order_by(_judgements.c.given_at)
        with self._database.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def forget(self, person: int) -> None:
        """Delete everything that is kept about this person."""
        with self._database.begin() as connection:
            connection.execute(delete(_judgements).where(_judgements.c.person == person))

    def all(self) -> list[dict[str, Any]]:
        """Return all feedback for the operator, without who gave it."""
        shown = (_judgements.c[name] for name in ("about", "right", "reason", "given_at"))
        query = select(*shown).order_by(_judgements.c.given_at)
        with self._database.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def close(self) -> None:
        """Close the file."""
        self._database.dispose()


def open_feedback(file: Path, clock: Callable[[], datetime] = _now) -> FeedbackStore:
    """Open the file of feedback; a damaged one is moved aside, and a new one begun."""
    try:
        store = FeedbackStore(file, clock)
        store.check()
    except OperationalError as error:  # it can't be opened, or is locked, which is no damage
        raise ArchiveError(f"{file} can't be opened: {error.orig}") from error
    except DatabaseError as error:
        aside = file.with_name(f"{file.name}{DAMAGED}{clock():%Y%m%dT%H%M%S}")
        log.error("feedback_damaged", file=str(file), moved_to=str(aside), reason=str(error.orig))
        _move_aside(file, aside)
        store = FeedbackStore(file, clock)
    return store


def is_damaged(file: Path) -> bool:
    """Return whether a file of feedback is damaged; it is only read."""
    database = create_engine(f"sqlite:///file:{quote(str(file))}?mode=ro&uri=true", hide_parameters=True)
    try:
        with database.connect() as connection:
            return bool(connection.scalar(text("PRAGMA quick_check(1)")) != "ok")
    except OperationalError:
        return False
    except DatabaseError:
        return True
    finally:
        database.dispose()


def _move_aside(file: Path, aside: Path) -> None:
    file.replace(aside)
    for ending in ("-wal", "-shm", "-journal"):  # they belong to the damaged file
        file.with_name(file.name + ending).unlink(missing_ok=True)


class FeedbackService:
    """Coroutines over the file of feedback."""

    def __init__(self, store: FeedbackStore, worker: Worker) -> None:
        self._store = store
        self._run = worker.run

    async def add(self, feedback: Feedback) -> None:
        """Keep feedback, in place of what the person thought of the same answer before."""
        await self._run(partial(self._store.add, feedback))

    async def of(self, person: int) -> list[dict[str, Any]]:
        """Return everything that is kept about this person."""
        return await self._run(partial(self._store.of, person))

    async def forget(self, person: int) -> None:
        """Delete everything that is kept about this person."""
        await self._run(partial(self._store.forget, person))

    def close(self) -> None:
        """Close the file."""
        self._store.close()
