"""/article: one article with its quotations."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.scope import owners
from bot.timelines import article_card

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class Articles(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot

    @app_commands.command(description="Look an article up, with its quotations")
    @app_commands.describe(title="Its title", private="Show it to you alone")
    async def article(self, interaction: discord.Interaction["OnTheRecord"], title: str, private: bool = False) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            article, quotations = await self.bot.desk.article(title, owners(self.bot, interaction.guild_id))
            await reply.show(article_card(article, quotations))

    @article.autocomplete("title")
    async def _titles(
        self, interaction: discord.Interaction["OnTheRecord"], typed: str
    ) -> list[app_commands.Choice[str]]:
        titles = self.bot.desk.titles.suggest(typed, owners(self.bot, interaction.guild_id))
        return [app_commands.Choice(name=title, value=title) for title in titles]
