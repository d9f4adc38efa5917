"""/article: one article with its quotations."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.timeline import article_card
from bot.interactions.autocomplete import titles
from bot.interactions.paging import LEAVES
from bot.interactions.persistent_items import Pressed
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class TurnLeaf(Pressed, template=LEAVES):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.turn()
            article, quotations = await bot.desk.article(self.match["article"], owners(bot, interaction.guild_id))
            await reply.show(article_card(article, quotations, int(self.match["page"])))


class Articles(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(TurnLeaf)

    @app_commands.command(description="Look an article up, with its quotations")
    @app_commands.describe(title="Its title", private="Show it to you alone")
    @app_commands.autocomplete(title=titles)
    async def article(
        self, interaction: discord.Interaction["OnTheRecord"], title: str, private: bool | None = None
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            article, quotations = await self.bot.desk.article(title, owners(self.bot, interaction.guild_id))
            await reply.show(article_card(article, quotations))
