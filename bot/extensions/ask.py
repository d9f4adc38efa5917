"""Questions: the command /ask, a mention, a reply that pings, and a direct message."""

import contextlib
import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import answer_card, notice
from bot.cards.dates import stated
from bot.cards.limits import QUESTION, SPEAKER
from bot.interactions.autocomplete import publishers, speakers
from bot.interactions.errors import Refused
from bot.interactions.replies import MessageReply
from bot.interactions.threads import can_have_thread, open_thread, thread_name
from bot.interactions.ttl_set import Lately
from bot.locales import _, command_name
from bot.services.conversations import Place
from bot.services.guild_settings import speaks_in
from bot.services.visibility import filters, owners
from retrieval.answering.conversation import ConversationTurn
from retrieval.domain import Answer, Filters
from retrieval.guilds.settings import GuildSettings, ThreadMode

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_MENTION = re.compile(r"<@[!&]?\d+>")
_NAMED = 5  # channels that are told


class Ask(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        self._told = Lately(3600.0)

    @app_commands.command(description="Ask the archive who said what, and get the exact words")
    @app_commands.describe(
        question="For example: who said the mission isn't over?",
        speaker="Only words of this person",
        publisher="Only articles of this publisher",
        after="Only articles from this day on: 2024-03-05, 2024-03 or 2024",
        before="Only articles up to this day: 2024-03-05, 2024-03 or 2024",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(speaker=speakers, publisher=publishers)
    async def ask(  # noqa: PLR0913, PLR0917
        self,
        interaction: discord.Interaction["OnTheRecord"],
        question: app_commands.Range[str, 1, QUESTION],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        publisher: app_commands.Range[str, 1, SPEAKER] | None = None,
        after: str | None = None,
        before: str | None = None,
        private: bool | None = None,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            settings = self.bot.community.servers.of(interaction.guild_id)
            place = Place(interaction.channel_id or 0, interaction.user.id)
            seen = owners(self.bot, interaction.guild_id)
            narrowed = Filters(seen, speaker, publisher, stated(after), stated(before, last=True))
            answer = await self.bot.desk.answer(question, narrowed, place, boldness=settings.boldness)
            threads = not reply.private and can_have_thread(interaction.channel)
            await reply.show(answer_card(answer, asked=True, thread=threads and settings.threads is ThreadMode.OFFER))
            if threads and settings.threads is ThreadMode.ALWAYS:
                await self._go_on_in_thread(interaction, answer)
            if not private:
                await self.bot.community.note_gap(interaction.guild, answer)

    async def _go_on_in_thread(self, interaction: discord.Interaction["OnTheRecord"], answer: Answer) -> None:
        """The answer stands whether there can be a thread or not."""
        with contextlib.suppress(discord.HTTPException, Refused):
            thread = await open_thread(await interaction.original_response(), thread_name(answer.question))
            place = Place(thread.id, interaction.user.id)
            self.bot.desk.conversations.remember(place, ConversationTurn.after(None, answer.question, answer))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if not self._is_asked(message):
            return
        guild = message.guild.id if message.guild else None
        settings = self.bot.community.servers.of(guild)
        async with self.bot.replying(message, settings.language) as reply:
            if not speaks_in(settings, message.channel):
                await self._say_where(message, reply, settings)
                return
            words = _MENTION.sub(" ", message.content)
            await reply.begin(thread=thread_name(words) if settings.threads is ThreadMode.ALWAYS else None)
            last = self.bot.desk.conversations.recall(Place(message.channel.id, message.author.id))
            place = Place(reply.channel, message.author.id)
            answer = await self.bot.desk.answer(
                words, filters(self.bot, guild), place, last=last, boldness=settings.boldness
            )
            offered = settings.threads is ThreadMode.OFFER and can_have_thread(message.channel)
            await reply.show(answer_card(answer, thread=offered))
            await self.bot.community.note_gap(message.guild, answer)

    async def _say_where(self, message: discord.Message, reply: MessageReply, settings: GuildSettings) -> None:
        """Once an hour to each person in each channel."""
        if self._told.again((message.channel.id, message.author.id)):
            return
        where = ", ".join(f"<#{channel}>" for channel in settings.channels[:_NAMED])
        text = _("In this channel I answer commands alone, to you alone: try /{command}.", command=command_name("ask"))
        await reply.tell(notice(text + "\n-# " + _("Everybody sees my answers in {channels}.", channels=where)))

    def _is_asked(self, message: discord.Message) -> bool:
        """By a person, in a direct message, or with a mention; a reply that pings counts as one."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return False
        return message.guild is None or self.bot.user in message.mentions
