"""What those who run a server have decided about the bot there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.schema import server_settings as table


class ThreadMode(StrEnum):
    """Whether conversations move to threads: never, if somebody presses a button, or by themselves."""

    NEVER = "never"
    OFFER = "offer"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """`channels` are those where everybody sees answers, all of them if there are none.

    `boldness`, 0..1, and `language` ("de") are None for the operator's and the reader's own. `may_add` and `may_watch`
    are the ids of roles that may do so beside those who manage the server, or its messages.
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
    """Kept in the archive's database. Servers are Discord's ids."""

    database: Engine

    def all(self) -> dict[int, GuildSettings]:
        with read_transaction(self.database) as connection:
            rows = connection.execute(select(table.c.server, table.c.chosen)).all()
            return {server: _settings(chosen) for server, chosen in rows}

    def put(self, server: int, settings: GuildSettings) -> None:
        row = {"server": server, "chosen": asdict(settings)}
        statement = insert(table).values(row)
        with write_transaction(self.database) as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["server"], set_=row))

    def forget(self, server: int) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.server == server))


def _settings(chosen: Mapping[str, Any]) -> GuildSettings:
    """From what another version may have written: what isn't known any more is left out."""
    known = {field.name for field in fields(GuildSettings)}
    kept: dict[str, Any] = {name: value for name, value in chosen.items() if name in known}
    threads = kept.get("threads", ThreadMode.NEVER)
    kept["threads"] = ThreadMode(threads) if threads in set(ThreadMode) else ThreadMode.NEVER
    return GuildSettings(**{**kept, "channels": tuple(kept.get("channels", ()))})
