"""/who-said: whose words these are."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.limits import QUOTATION
from bot.cards.verification import who_said_card
from bot.services.visibility import filters

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class WhoSaid(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot

    @app_commands.command(name="who-said", description="Find out who said these words, and where")
    @app_commands.describe(words="The words, or part of them", private="Show the answer to you alone")
    async def who_said(
        self,
        interaction: discord.Interaction["OnTheRecord"],
        words: app_commands.Range[str, 1, QUOTATION],
        private: bool | None = None,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            found = await self.bot.desk.verify(words, None, filters(self.bot, interaction.guild_id))
            await reply.show(who_said_card(found))
