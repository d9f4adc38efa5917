"""/settings: how the bot behaves in a guild, for those who manage it."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.guilds.settings import (
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
from bot.errors import Refused
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton, PersistentMenu
from bot.locales import LANGUAGES, _
from retrieval.guilds.settings import ThreadMode

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


class SettingMenu(PersistentMenu, template="set:(?:channels|boldness|language|threads|add|watch)"):
    """Changes one setting by a menu."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        field, read = _READ[self.item.custom_id]
        await _change(interaction, **{field: read(self.item.values)})


class PrivacySettingButton(PersistentButton, template=rf"{PRIVATE}:(?P<private>yes|no)"):
    """Makes answers private or public by default."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        await _change(interaction, private=self.match["private"] == "yes")


async def _change(interaction: discord.Interaction[Any], **changed: Any) -> None:
    bot: BotInterface = interaction.client
    async with bot.responder.answering(interaction) as reply:
        guild = _managed(interaction)
        await reply.turn()
        await reply.tell(settings_card(await bot.services.guilds.change(guild, **changed)))


def _managed(interaction: discord.Interaction[Any]) -> int:
    """Return the guild that this person manages. Raises Refused."""
    guild = interaction.guild_id
    if guild is None or interaction.client.get_guild(guild) is None:
        raise Refused(_("I have settings for servers that I am a member of."))
    if not interaction.permissions.manage_guild:
        raise Refused(_("That takes somebody who manages this server."))
    return guild


class GuildSettingsCog(commands.Cog):
    """Offers /settings, and forgets a guild that sends the bot away."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="Decide how I behave on this server")
    @app_commands.guild_only
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /settings."""
        async with self.bot.responder.answering(interaction) as reply:
            guild = _managed(interaction)
            await reply.defer(private=True)
            await reply.tell(settings_card(self.bot.services.guilds.of(guild)))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a guild that sends the bot away."""
        await self.bot.services.forget_guild(guild.id)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(GuildSettingsCog(bot))
    bot.add_dynamic_items(SettingMenu, PrivacySettingButton)
