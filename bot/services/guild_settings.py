"""What servers have decided about the bot, in memory; and what follows from it for who may do what, and where."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import discord

from bot.services.worker import Worker
from retrieval.guilds.settings import GuildSettings

USUAL = GuildSettings()


class Records(Protocol):
    """Synchronous, from any thread: `retrieval.guilds.settings.GuildSettingsRepository`."""

    def all(self) -> dict[int, GuildSettings]: ...
    def put(self, server: int, settings: GuildSettings) -> None: ...
    def forget(self, server: int) -> None: ...


class Servers:
    """Looked up without waiting, for Discord wants to know within three seconds whether an answer is private."""

    def __init__(self, records: Records, worker: Worker) -> None:
        self._records = records
        self._worker = worker
        self._changing = asyncio.Lock()  # or one of two changes at once would undo the other
        self._known: dict[int, GuildSettings] = {}

    async def load(self) -> None:
        self._known = await self._worker.run(self._records.all)

    def of(self, server: int | None) -> GuildSettings:
        return self._known.get(server, USUAL) if server is not None else USUAL

    async def change(self, server: int, **changed: Any) -> GuildSettings:
        """Takes fields of ServerSettings."""
        async with self._changing:
            settings = replace(self.of(server), **changed)
            await self._worker.run(partial(self._records.put, server, settings))
            self._known[server] = settings
            return settings

    async def forget(self, server: int) -> None:
        await self._worker.run(partial(self._records.forget, server))
        self._known.pop(server, None)


def speaks_in(settings: GuildSettings, channel: Any) -> bool:
    """Whether everybody may see answers there; a thread is as its channel."""
    places = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
    return not settings.channels or not places.isdisjoint(settings.channels)


def is_private(settings: GuildSettings, channel: Any, wanted: bool | None) -> bool:
    """Whether an answer is shown to one person alone. `wanted` is what they said about it, if anything."""
    if not speaks_in(settings, channel):
        return True
    return settings.private if wanted is None else wanted


def may_add(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Whether the person may change what the server's archive holds."""
    return interaction.permissions.manage_guild or _has_role(interaction.user, settings.may_add)


def may_watch(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Whether the person may have the bot write to the channel where they are."""
    allowed = interaction.permissions
    return allowed.manage_messages or allowed.manage_guild or _has_role(interaction.user, settings.may_watch)


def _has_role(person: discord.User | discord.Member, role: int | None) -> bool:
    return role is not None and isinstance(person, discord.Member) and person.get_role(role) is not None
