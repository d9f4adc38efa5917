"""/quotes: what one person said, the latest first, page by page."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.dialogue.timeline import timeline_card
from bot.cards.limits import QUESTION, SPEAKER
from bot.cards.references import OPEN_PATTERN, TURN_PATTERN, TimelinePage, parse_timeline_page
from bot.interactions.autocomplete import speakers
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.services.inputs import stated
from bot.services.visibility import visible_filters


class OpenTimelineButton(PersistentButton, template=OPEN_PATTERN):
    """Opens a speaker's timeline beside an answer."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            page = parse_timeline_page(self.match)
            found = await bot.services.queries.timeline(page, visible_filters(bot, interaction.guild_id))
            await reply.show(timeline_card(page, found))


class TimelinePageButton(PersistentButton, template=TURN_PATTERN):
    """Turns to another page of a timeline."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.turn()
            page = parse_timeline_page(self.match)
            found = await bot.services.queries.timeline(page, visible_filters(bot, interaction.guild_id))
            await reply.show(timeline_card(page, found))


class TimelineCog(commands.Cog):
    """Offers /quotes."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="Read what one person said, the latest first")
    @app_commands.describe(
        speaker="Whose words",
        topic="What they were about",
        after="From this day on: 2024-03-05, May 2023, last week",
        before="Up to this day: 2024-03-05, May 2023, yesterday",
        private="Show them to you alone",
    )
    @app_commands.autocomplete(speaker=speakers)
    async def quotes(  # noqa: PLR0913, PLR0917
        self,
        interaction: discord.Interaction[BotInterface],
        speaker: app_commands.Range[str, 1, SPEAKER],
        topic: app_commands.Range[str, 1, QUESTION] | None = None,
        after: str | None = None,
        before: str | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer /quotes."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=private)
            page = TimelinePage(speaker, topic or "", stated(after), stated(before, last=True))
            seen = visible_filters(self.bot, interaction.guild_id)
            found = await self.bot.services.queries.timeline(page, seen)
            near = [] if found.total else await self.bot.services.queries.speakers_like(speaker, seen.owners)
            await reply.show(timeline_card(page, found, near))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(TimelineCog(bot))
    bot.add_dynamic_items(OpenTimelineButton, TimelinePageButton)
