"""/help: how to ask, with examples that this archive answers."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.interactions.interface import BotInterface
from bot.interactions.shown_replies import guide


class HelpCog(commands.Cog):
    """Offers /help."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(name="help", description="Learn how to ask, by examples from this archive")
    async def teach(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /help."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            await reply.show(await guide(self.bot, interaction.guild_id))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(HelpCog(bot))
