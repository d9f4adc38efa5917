"""Who wants to be told when new articles bring words of a speaker, or on a topic."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from retrieval.errors import ArchiveError
from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.schema import watch_notices as notices
from retrieval.store.schema import watches as table

PERSON_LIMIT = 10
GUILD_LIMIT = 15
"""How many watches one person may have by direct message, and one server in its channels."""


class WatchPause(StrEnum):
    FORBIDDEN = "forbidden"  # the bot may not write there, or the person takes no direct messages
    GONE = "gone"  # the channel isn't there any more, or the bot has left the server
    FAILING = "failing"  # Discord took nothing for it, again and again


@dataclass(frozen=True, slots=True)
class Watch:
    """`server` and `channel` are None where notices go to the person alone. `speaker`, `topic`, or both are given.

    `language` is the person's. Articles up to row `seen` have been looked at. `paused` says why nothing could be sent.
    """

    id: int
    person: int
    server: int | None
    channel: int | None
    speaker: str | None
    topic: str | None
    language: str | None = None
    seen: int = 0
    paused: WatchPause | None = None


class TooManyWatches(ArchiveError):
    """`limit` is how many there may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"there may be {limit} watches; end one of them first")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class WatchRepository:
    """Kept in the archive's database. People, servers and channels are Discord's ids."""

    database: Engine

    def add(self, watch: Watch) -> Watch:
        """With the number that it gets, and from the newest article on; one that is there already is given back.

        Raises TooManyWatches.
        """
        with write_transaction(self.database) as connection:
            beside = _fetched(connection, _beside(watch))
            if same := next((each for each in beside if _same(each, watch)), None):
                return same
            limit = PERSON_LIMIT if watch.channel is None else GUILD_LIMIT
            if len(beside) >= limit:
                raise TooManyWatches(limit)
            row = {**asdict(watch), "seen": newest_article(connection)}
            del row["id"]
            number = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
            return Watch(number, **row)

    def all(self) -> list[Watch]:
        """Those that aren't paused."""
        return self._where(table.c.paused.is_(None))

    def of_person(self, person: int) -> list[Watch]:
        """By direct message and in any channel."""
        return self._where(table.c.person == person)

    def direct_messages_of(self, person: int) -> list[Watch]:
        """By direct message alone."""
        return self._where((table.c.person == person) & table.c.channel.is_(None))

    def of_guild(self, server: int) -> list[Watch]:
        return self._where(table.c.server == server)

    def newest_article(self) -> int:
        """The row of the article that came in last; rows are never used twice."""
        with read_transaction(self.database) as connection:
            return newest_article(connection)

    def notified(self, watch: int, articles: Collection[str]) -> set[str]:
        """Which of these articles the watch has been told of, by their ids."""
        query = select(notices.c.article).where(notices.c.watch == watch, notices.c.article.in_(articles))
        with read_transaction(self.database) as connection:
            return set(connection.scalars(query))

    def told(self, watch: int, seen: int, articles: Iterable[str]) -> None:
        """Articles up to row `seen` have been looked at, and these told of. Nothing if the watch has ended."""
        rows = [{"watch": watch, "article": article} for article in articles]
        with write_transaction(self.database) as connection:
            there = connection.execute(update(table).where(table.c.id == watch).values(seen=seen)).rowcount
            if there and rows:
                connection.execute(insert_or(notices).on_conflict_do_nothing(), rows)

    def looked(self, watches: Collection[int], seen: int) -> None:
        """Articles up to row `seen` have been looked at, and nothing was found."""
        with write_transaction(self.database) as connection:
            connection.execute(update(table).where(table.c.id.in_(watches)).values(seen=seen))

    def pause(self, watch: int, reason: WatchPause) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(update(table).where(table.c.id == watch).values(paused=reason))

    def resume(self, watches: Collection[int]) -> None:
        """From the newest article on: what came in meanwhile is not told."""
        with write_transaction(self.database) as connection:
            paused = table.c.id.in_(watches) & table.c.paused.is_not(None)
            connection.execute(update(table).where(paused).values(paused=None, seen=newest_article(connection)))

    def remove(self, watches: Collection[int]) -> None:
        self._delete(table.c.id.in_(watches))

    def forget_person(self, person: int) -> None:
        self._delete(table.c.person == person)

    def forget_server(self, server: int) -> None:
        self._delete(table.c.server == server)

    def _where(self, condition: ColumnElement[bool]) -> list[Watch]:
        with read_transaction(self.database) as connection:
            return _fetched(connection, condition)

    def _delete(self, condition: ColumnElement[bool]) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(condition))


def newest_article(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'")) or 0)


def _fetched(connection: Connection, condition: ColumnElement[bool]) -> list[Watch]:
    rows = connection.execute(select(table).where(condition).order_by(table.c.id)).mappings()
    return [Watch(**{**row, "paused": WatchPause(row["paused"]) if row["paused"] else None}) for row in rows]


def _beside(watch: Watch) -> ColumnElement[bool]:
    """What counts towards the same limit."""
    if watch.channel is None:
        return (table.c.person == watch.person) & table.c.channel.is_(None)
    return table.c.server == watch.server


def _same(one: Watch, other: Watch) -> bool:
    return (one.channel, one.speaker, one.topic) == (other.channel, other.speaker, other.topic)
