"""Settings that the managers of a guild chose."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from retrieval.store.schema import server_settings as table
from retrieval.store.sqlite.database import read_transaction, write_transaction


class ThreadMode(StrEnum):
    """Whether conversations move to threads: never, at the press of a button, or always."""

    NEVER = "never"
    OFFER = "offer"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a guild's managers chose.

    `channels` are those where everybody sees answers, all of them if there are none; `private` shows answers to the
    person who asked alone. `boldness`, 0..1, and `language` ("de") are None for the operator's and the reader's own.
    `may_add` and `may_watch` are ids of roles that may do so beside those who manage the guild, or its messages.
    """

    channels: tuple[int, ...] = ()
    private: bool = False
    boldness: float | None = None
    language: str | None = None
    may_add: int | None = None
    may_watch: int | None = None
    threads: ThreadMode = ThreadMode.NEVER


@dataclass(frozen=True, slots=True)
class GuildSettingsRepository:
    """The settings of all guilds, in the archive's database. Guilds are Discord's ids."""

    database: Engine

    def all(self) -> dict[int, GuildSettings]:
        """Return the settings of every guild that has chosen any."""
        with read_transaction(self.database) as connection:
            rows = connection.execute(select(table.c.server, table.c.chosen)).all()
            return {guild: _settings(chosen) for guild, chosen in rows}

    def put(self, guild: int, settings: GuildSettings) -> None:
        """Store a guild's settings."""
        row = {"server": guild, "chosen": asdict(settings)}
        statement = insert(table).values(row)
        with write_transaction(self.database) as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["server"], set_=row))

    def forget(self, guild: int) -> None:
        """Delete a guild's settings."""
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.server == guild))


def _settings(chosen: Mapping[str, Any]) -> GuildSettings:
    """Read settings that another version may have written: fields that this one doesn't know are left out."""
    known = {field.name for field in fields(GuildSettings)}
    kept: dict[str, Any] = {name: value for name, value in chosen.items() if name in known}
    threads = kept.get("threads", ThreadMode.NEVER)
    kept["threads"] = ThreadMode(threads) if threads in set(ThreadMode) else ThreadMode.NEVER
    return GuildSettings(**{**kept, "channels": tuple(kept.get("channels", ()))})
