"""/settings: how the bot behaves on a server, for those who manage it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.guild_settings import (
    BOLDNESS,
    CHANNELS,
    LANGUAGE,
    MAY_ADD,
    MAY_WATCH,
    PRIVATE,
    THREADS,
    boldness_of,
    settings_card,
)
from bot.interactions.errors import Refused
from bot.interactions.persistent_items import Pressed, Selected
from bot.locales import LANGUAGES, _
from retrieval.guilds.settings import ThreadMode

if TYPE_CHECKING:
    from bot.client import OnTheRecord

Chosen = list[Any]

_READ: dict[str, tuple[str, Callable[[Chosen], Any]]] = {
    # the field that a menu sets, and what it is set to
    CHANNELS: ("channels", lambda chosen: tuple(channel.id for channel in chosen)),
    BOLDNESS: ("boldness", lambda chosen: boldness_of(chosen[0])),
    LANGUAGE: ("language", lambda chosen: chosen[0] if chosen[0] in LANGUAGES else None),
    THREADS: ("threads", lambda chosen: ThreadMode(chosen[0])),
    MAY_ADD: ("may_add", lambda chosen: chosen[0].id if chosen else None),
    MAY_WATCH: ("may_watch", lambda chosen: chosen[0].id if chosen else None),
}


class Choose(Selected, template="set:(?:channels|boldness|language|threads|add|watch)"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        field, read = _READ[self.item.custom_id]
        await _change(interaction, **{field: read(self.item.values)})


class Private(Pressed, template=rf"{PRIVATE}:(?P<private>yes|no)"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _change(interaction, private=self.match["private"] == "yes")


async def _change(interaction: discord.Interaction[Any], **changed: Any) -> None:
    bot: OnTheRecord = interaction.client
    async with bot.answering(interaction) as reply:
        server = _managed(interaction)
        await reply.turn()
        await reply.tell(settings_card(await bot.community.servers.change(server, **changed)))


def _managed(interaction: discord.Interaction[Any]) -> int:
    """The server that this person manages. Raises Refused."""
    server = interaction.guild_id
    if server is None or interaction.client.get_guild(server) is None:
        raise Refused(_("I have settings for servers that I am a member of."))
    if not interaction.permissions.manage_guild:
        raise Refused(_("That takes somebody who manages this server."))
    return server


class ServerSettings(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(Choose, Private)

    @app_commands.command(description="Decide how I behave on this server")
    @app_commands.guild_only
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            server = _managed(interaction)
            await reply.defer(private=True)
            await reply.tell(settings_card(self.bot.community.servers.of(server)))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.bot.community.forget_server(guild.id)
