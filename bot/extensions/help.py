"""/help: how to ask, with examples that this archive answers."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.help import help_card
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class Help(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot

    @app_commands.command(name="help", description="Learn how to ask, by examples from this archive")
    async def teach(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            example = await self.bot.desk.example(owners(self.bot, interaction.guild_id))
            await reply.show(help_card(example, self.bot.user))
