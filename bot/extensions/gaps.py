"""/gaps: what a guild's people asked in vain, for those who manage it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.guilds.archive import gaps_card
from bot.errors import Refused
from bot.interactions.interface import BotInterface
from bot.locales import _


class GapsCog(commands.Cog):
    """Offers /gaps."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="See what people here asked that I found no answer to")
    @app_commands.guild_only
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def gaps(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /gaps."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            guild = interaction.guild_id
            if guild is None or self.bot.get_guild(guild) is None:
                raise Refused(_("I keep unanswered questions for servers that I am a member of."))
            await reply.tell(gaps_card(await self.bot.services.gaps.of(guild)))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(GapsCog(bot))
