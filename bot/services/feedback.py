"""What people thought of answers: right or wrong, and why. Kept in the data folder, beside the archive."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, MetaData, Table, Text, create_engine, delete, select
from sqlalchemy.dialects.sqlite import insert

FILE = "judgements.sqlite"

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
class Judgement:
    """One person's, on one answer. `about` refers to its words as its buttons do; `person` is Discord's id."""

    person: int
    about: str
    right: bool
    reason: str | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Judgements:
    """A file of its own, from any thread."""

    def __init__(self, file: Path, clock: Callable[[], datetime] = _now) -> None:
        self._database = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10}, hide_parameters=True)
        self._clock = clock
        _metadata.create_all(self._database)

    def add(self, judgement: Judgement) -> None:
        """In place of what this person thought of this answer before."""
        row = {**asdict(judgement), "given_at": self._clock().isoformat(timespec="seconds")}
        statement = insert(_judgements).values(row)
        with self._database.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["person", "about"], set_=row))

    def of(self, person: int) -> list[dict[str, Any]]:
        """Everything that is kept about this person."""
        query = select(_judgements).where(_judgements.c.person == person).order_by(_judgements.c.given_at)
        with self._database.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def forget(self, person: int) -> None:
        with self._database.begin() as connection:
            connection.execute(delete(_judgements).where(_judgements.c.person == person))

    def all(self) -> list[dict[str, Any]]:
        """For the operator: without who gave them."""
        shown = (_judgements.c[name] for name in ("about", "right", "reason", "given_at"))
        query = select(*shown).order_by(_judgements.c.given_at)
        with self._database.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def close(self) -> None:
        self._database.dispose()
