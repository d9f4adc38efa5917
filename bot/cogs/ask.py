"""Questions: the command /ask, a mention, a reply that pings, and a direct message."""

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards import answer_card
from bot.conversations import Place
from bot.dates import stated
from bot.directory import choices
from bot.limits import QUESTION, SPEAKER
from bot.scope import filters, owners
from retrieval.articles import Filters

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_MENTION = re.compile(r"<@[!&]?\d+>")


class Ask(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot

    @app_commands.command(description="Ask the archive who said what, and get the exact words")
    @app_commands.describe(
        question="For example: who said the mission isn't over?",
        speaker="Only words of this person",
        publisher="Only articles of this publisher",
        after="Only articles from this day on: 2024-03-05, 2024-03 or 2024",
        before="Only articles up to this day: 2024-03-05, 2024-03 or 2024",
        private="Show the answer to you alone",
    )
    async def ask(  # noqa: PLR0913, PLR0917
        self,
        interaction: discord.Interaction["OnTheRecord"],
        question: app_commands.Range[str, 1, QUESTION],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        publisher: app_commands.Range[str, 1, SPEAKER] | None = None,
        after: str | None = None,
        before: str | None = None,
        private: bool = False,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            place = Place(interaction.channel_id or 0, interaction.user.id)
            seen = owners(self.bot, interaction.guild_id)
            narrowed = Filters(seen, speaker, publisher, stated(after), stated(before, last=True))
            answer = await self.bot.desk.answer(question, narrowed, place)
            await reply.show(answer_card(answer, asked=True))

    @ask.autocomplete("speaker")
    async def _speakers(
        self, interaction: discord.Interaction["OnTheRecord"], typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices(self.bot.desk.speakers.suggest(typed, owners(self.bot, interaction.guild_id)))

    @ask.autocomplete("publisher")
    async def _publishers(
        self, interaction: discord.Interaction["OnTheRecord"], typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices(self.bot.desk.publishers.suggest(typed, owners(self.bot, interaction.guild_id)))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if not self._is_asked(message):
            return
        async with self.bot.replying(message) as reply:
            await reply.begin()
            question, guild = _MENTION.sub(" ", message.content), message.guild.id if message.guild else None
            place = Place(message.channel.id, message.author.id)
            answer = await self.bot.desk.answer(question, filters(self.bot, guild), place, follows=True)
            await reply.show(answer_card(answer))

    def _is_asked(self, message: discord.Message) -> bool:
        """By a person, in a direct message, or with a mention; a reply that pings counts as one."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return False
        return message.guild is None or self.bot.user in message.mentions
