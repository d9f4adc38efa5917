"""Watches: who wants to be told when new articles quote a speaker, or speak of a topic."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from retrieval.errors import ArchiveError
from retrieval.store.schema import watch_notices as notices
from retrieval.store.schema import watches as table
from retrieval.store.sqlite.database import read_transaction, write_transaction

PERSON_LIMIT = 10
"""Watches that one person may have by direct message."""
GUILD_LIMIT = 15
"""Watches that one guild may have in its channels."""


class WatchPause(StrEnum):
    """Why a watch's notices can't be sent."""

    FORBIDDEN = "forbidden"  # the bot may not write there, or the person takes no direct messages
    GONE = "gone"  # the channel isn't there any more, or the bot has left the guild
    FAILING = "failing"  # Discord took nothing for it, again and again


class WatchFrequency(StrEnum):
    """How often a watch tells what is new."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"

    def after(self, day: date) -> date | None:
        """Return the day of the next digest after one on `day`; None where news are told at once."""
        if self is WatchFrequency.AT_ONCE:
            return None
        return day + timedelta(days=1 if self is WatchFrequency.DAILY else 7)


@dataclass(frozen=True, slots=True)
class Watch:
    """A person's wish to be told of new quotations of a speaker, on a topic, or both.

    `guild` and `channel` are None where notices go by direct message. `language` is the person's. The articles up to
    row `seen` have been matched. `paused` says why notices can't be sent. A digest is told on `due_on`, UTC.
    """

    id: int
    person: int
    guild: int | None
    channel: int | None
    speaker: str | None
    topic: str | None
    language: str | None = None
    seen: int = 0
    paused: WatchPause | None = None
    frequency: WatchFrequency = WatchFrequency.AT_ONCE
    due_on: date | None = None


class TooManyWatches(ArchiveError):
    """There are as many watches as there may be, `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"there may be {limit} watches; end one of them first")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class WatchRepository:
    """The watches of all people, in the archive's database. People, guilds and channels are Discord's ids."""

    database: Engine

    def add(self, watch: Watch) -> Watch:
        """Store a watch that starts after the newest article. Returns it with its number.

        An equal one that exists tells as often as this one from here on.

        Raises TooManyWatches.
        """
        with write_transaction(self.database) as connection:
            beside = _fetched(connection, _beside(watch))
            if same := next((each for each in beside if _same(each, watch)), None):
                as_often = update(table).where(table.c.id == same.id)
                connection.execute(as_often.values(frequency=watch.frequency, due_on=watch.due_on))
                return replace(same, frequency=watch.frequency, due_on=watch.due_on)
            limit = PERSON_LIMIT if watch.channel is None else GUILD_LIMIT
            if len(beside) >= limit:
                raise TooManyWatches(limit)
            new = replace(watch, seen=newest_article(connection))
            number = connection.execute(insert(table).values(_row(new)).returning(table.c.id)).scalar_one()
            return replace(new, id=number)

    def all(self) -> list[Watch]:
        """Return the watches that aren't paused."""
        return self._where(table.c.paused.is_(None))

    def of_person(self, person: int) -> list[Watch]:
        """Return a person's watches, by direct message and in any channel."""
        return self._where(table.c.person == person)

    def direct_messages_of(self, person: int) -> list[Watch]:
        """Return a person's watches by direct message."""
        return self._where((table.c.person == person) & table.c.channel.is_(None))

    def of_guild(self, guild: int) -> list[Watch]:
        """Return the watches in a guild's channels."""
        return self._where(table.c.server == guild)

    def guilds(self) -> set[int]:
        """Return the guilds in whose channels there are watches."""
        with read_transaction(self.database) as connection:
            return set(connection.scalars(select(table.c.server).where(table.c.server.is_not(None))))

    def newest_article(self) -> int:
        """Return the row of the article that was stored last; rows are never used twice."""
        with read_transaction(self.database) as connection:
            return newest_article(connection)

    def notified(self, watch: int, articles: Collection[str]) -> set[str]:
        """Return which of these articles, by their ids, a notice of the watch was sent for."""
        query = select(notices.c.article).where(notices.c.watch == watch, notices.c.article.in_(articles))
        with read_transaction(self.database) as connection:
            return set(connection.scalars(query))

    def told(self, watch: int, seen: int, articles: Iterable[str]) -> None:
        """Note that articles up to row `seen` were matched, and `articles` told; nothing for a deleted watch."""
        rows = [{"watch": watch, "article": article} for article in articles]
        with write_transaction(self.database) as connection:
            there = connection.execute(update(table).where(table.c.id == watch).values(seen=seen)).rowcount
            if there and rows:
                connection.execute(insert_or(notices).on_conflict_do_nothing(), rows)

    def looked(self, watches: Collection[int], seen: int) -> None:
        """Note that articles up to row `seen` were matched without a result."""
        with write_transaction(self.database) as connection:
            connection.execute(update(table).where(table.c.id.in_(watches)).values(seen=seen))

    def postpone(self, watch: int, due_on: date | None) -> None:
        """Note the day of a watch's next digest."""
        with write_transaction(self.database) as connection:
            connection.execute(update(table).where(table.c.id == watch).values(due_on=due_on))

    def pause(self, watch: int, reason: WatchPause) -> None:
        """Stop matching a watch whose notices can't be sent."""
        with write_transaction(self.database) as connection:
            connection.execute(update(table).where(table.c.id == watch).values(paused=reason))

    def resume(self, watches: Collection[int]) -> None:
        """Resume paused watches after the newest article: what was stored meanwhile is not told."""
        with write_transaction(self.database) as connection:
            paused = table.c.id.in_(watches) & table.c.paused.is_not(None)
            connection.execute(update(table).where(paused).values(paused=None, seen=newest_article(connection)))

    def remove(self, watches: Collection[int]) -> None:
        """Delete watches."""
        self._delete(table.c.id.in_(watches))

    def forget_person(self, person: int) -> None:
        """Delete a person's watches."""
        self._delete(table.c.person == person)

    def forget_guild(self, guild: int) -> None:
        """Delete the watches in a guild's channels."""
        self._delete(table.c.server == guild)

    def _where(self, condition: ColumnElement[bool]) -> list[Watch]:
        with read_transaction(self.database) as connection:
            return _fetched(connection, condition)

    def _delete(self, condition: ColumnElement[bool]) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(condition))


def newest_article(connection: Connection) -> int:
    """Return the row of the article that was stored last, 0 for none."""
    return int(connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'")) or 0)


def _fetched(connection: Connection, condition: ColumnElement[bool]) -> list[Watch]:
    rows = connection.execute(select(table).where(condition).order_by(table.c.id)).mappings()
    return [_watch(dict(row)) for row in rows]


def _watch(row: dict[str, Any]) -> Watch:
    paused, often = row.pop("paused"), WatchFrequency(row.pop("frequency"))
    return Watch(guild=row.pop("server"), paused=WatchPause(paused) if paused else None, frequency=often, **row)


def _row(watch: Watch) -> dict[str, Any]:
    row = asdict(watch)
    row["server"] = row.pop("guild")
    del row["id"]
    return row


def _beside(watch: Watch) -> ColumnElement[bool]:
    """Return the condition for the watches that count towards the same limit."""
    if watch.channel is None:
        return (table.c.person == watch.person) & table.c.channel.is_(None)
    return table.c.server == watch.guild


def _same(one: Watch, other: Watch) -> bool:
    return (one.channel, one.speaker, one.topic) == (other.channel, other.speaker, other.topic)
