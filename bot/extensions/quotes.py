"""/quotes: what one person said, the latest first, page by page."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.dates import stated
from bot.cards.limits import QUESTION, SPEAKER
from bot.cards.timeline import timeline_card
from bot.interactions.autocomplete import speakers
from bot.interactions.paging import OPENS, TURNS, Line, parse
from bot.interactions.persistent_items import Pressed
from bot.services.visibility import filters

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class OpenTimeline(Pressed, template=OPENS):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            line = parse(self.match)
            found = await bot.desk.timeline(line, filters(bot, interaction.guild_id))
            await reply.show(timeline_card(line, found))


class TurnPage(Pressed, template=TURNS):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.turn()
            line = parse(self.match)
            found = await bot.desk.timeline(line, filters(bot, interaction.guild_id))
            await reply.show(timeline_card(line, found))


class Quotes(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(OpenTimeline, TurnPage)

    @app_commands.command(description="Read what one person said, the latest first")
    @app_commands.describe(
        speaker="Whose words",
        topic="What they were about",
        after="From this day on: 2024-03-05, 2024-03 or 2024",
        before="Up to this day: 2024-03-05, 2024-03 or 2024",
        private="Show them to you alone",
    )
    @app_commands.autocomplete(speaker=speakers)
    async def quotes(  # noqa: PLR0913, PLR0917
        self,
        interaction: discord.Interaction["OnTheRecord"],
        speaker: app_commands.Range[str, 1, SPEAKER],
        topic: app_commands.Range[str, 1, QUESTION] | None = None,
        after: str | None = None,
        before: str | None = None,
        private: bool | None = None,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            line = Line(speaker, topic or "", stated(after), stated(before, last=True))
            found = await self.bot.desk.timeline(line, filters(self.bot, interaction.guild_id))
            await reply.show(timeline_card(line, found))
