"""Open, migrate, read and write the archive's SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError

from retrieval.errors import ArchiveDamaged
from retrieval.store.schema import REVISION
from retrieval.store.sqlite.errors import explain
from retrieval.store.sqlite.private_files import PRIVATE_FILE

MIGRATIONS = Path(__file__).parents[1] / "migrations"

# WAL lets readers go on while one process writes. With synchronous=FULL a commit has reached the disk before it
# returns, so that an article reported as stored survives a power cut too; NORMAL would promise it only for a crash
# of the process, and would save a few milliseconds of the third of a second that an article takes.
# With secure_delete what is deleted is overwritten with zeros at once, and not only by the purge.
# A writer waits busy_timeout milliseconds for another's transaction; none is longer than one article's.
PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 15000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA secure_delete = ON",
)
KEPT_CONNECTIONS = 4
"""Connections that stay open while nobody uses them."""


def connect(path: Path) -> Engine:
    """Return the engine of the database at `path`; read and write it through the two transactions below."""
    # Each connection caches 64 MB: few are kept, and the one used last is taken first. Logs hold errors.
    engine = create_engine(
        f"sqlite:///{path}", pool_size=KEPT_CONNECTIONS, max_overflow=20, pool_use_lifo=True, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver guesses
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """Open a read transaction: everything in it sees one state of the archive."""
    with explained_errors(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """Open a write transaction: all of it is committed at the end, or nothing."""
    with explained_errors(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def explained_errors(engine: Engine) -> Iterator[None]:
    """Raise an ArchiveError that says what to do in place of SQLite's own error."""
    try:
        yield
    except DatabaseError as error:
        raise explain(str(error.orig), engine.url.database or "") from error
    except sqlite3.DatabaseError as error:  # of a connection that is used without SQLAlchemy
        raise explain(str(error), engine.url.database or "") from error


def migrate(engine: Engine, folder: Path) -> None:
    """Bring the database to `REVISION`. Raises ArchiveDamaged if a newer version of the program wrote it."""
    if revision(engine) == REVISION:
        return
    with FileLock(folder / "schema.lock", mode=PRIVATE_FILE), write_transaction(engine) as connection:
        upgrade(connection)


def revision(engine: Engine) -> str | None:
    """Return the id of the database's last migration, None for a new database."""
    with read_transaction(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def upgrade(connection: Connection) -> None:
    """Run the missing migrations inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415  a third of a second that an archive in use need not wait
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ArchiveDamaged(
            "a newer version of ontherecord wrote this archive; update ontherecord to use it"
        ) from error
