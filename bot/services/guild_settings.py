"""Settings of guilds, kept in memory, and what follows from them: who may do what, and where."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import discord

from bot.services.worker import Worker
from retrieval.guilds.settings import GuildSettings

DEFAULTS = GuildSettings()


class SupportsGuildRecords(Protocol):
    """The part of the stored settings that is used here; synchronous, from any thread."""

    def all(self) -> dict[int, GuildSettings]:
        """Return the settings of every guild that changed one."""
        ...

    def put(self, guild: int, settings: GuildSettings) -> None:
        """Keep a guild's settings."""
        ...

    def forget(self, guild: int) -> None:
        """Delete a guild's settings."""
        ...


class GuildSettingsService:
    """Settings of every guild, looked up without waiting: Discord must know within three seconds what is private."""

    def __init__(self, records: SupportsGuildRecords, worker: Worker) -> None:
        self._records = records
        self._worker = worker
        self._changing = asyncio.Lock()  # or one of two changes at once would undo the other
        self._known: dict[int, GuildSettings] = {}

    async def load(self) -> None:
        """Read the settings of all guilds."""
        self._known = await self._worker.run(self._records.all)

    def of(self, guild: int | None) -> GuildSettings:
        """Return a guild's settings; the defaults outside of guilds."""
        return self._known.get(guild, DEFAULTS) if guild is not None else DEFAULTS

    def known(self) -> set[int]:
        """Return the guilds that have changed a setting."""
        return set(self._known)

    async def change(self, guild: int, **changed: Any) -> GuildSettings:
        """Change fields of a guild's settings and return them all."""
        async with self._changing:
            settings = replace(self.of(guild), **changed)
            await self._worker.run(partial(self._records.put, guild, settings))
            self._known[guild] = settings
            return settings

    async def forget(self, guild: int) -> None:
        """Delete a guild's settings."""
        await self._worker.run(partial(self._records.forget, guild))
        self._known.pop(guild, None)


def speaks_in(settings: GuildSettings, channel: Any) -> bool:
    """Return whether everybody may see answers in a channel; a thread is as its channel."""
    places = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
    return not settings.channels or not places.isdisjoint(settings.channels)


def is_private(settings: GuildSettings, channel: Any, wanted: bool | None) -> bool:
    """Return whether an answer is shown to one person alone; `wanted` is what they said about it, if anything."""
    if not speaks_in(settings, channel):
        return True
    return settings.private if wanted is None else wanted


def may_add(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Return whether the person may change what the guild's archive holds."""
    return interaction.permissions.manage_guild or _has_role(interaction.user, settings.may_add)


def may_watch(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Return whether the person may have the bot write to the channel where they are."""
    allowed = interaction.permissions
    return allowed.manage_messages or allowed.manage_guild or _has_role(interaction.user, settings.may_watch)


def _has_role(person: discord.User | discord.Member, role: int | None) -> bool:
    return role is not None and isinstance(person, discord.Member) and person.get_role(role) is not None
