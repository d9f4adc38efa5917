"""Questions: the command /ask, a mention, a reply that pings, and a direct message."""

import contextlib
import re

import discord
from cachetools import TTLCache
from discord import app_commands
from discord.ext import commands

from bot.cards.components import notice
from bot.cards.limits import QUESTION, SPEAKER
from bot.errors import Refused
from bot.interactions.autocomplete import publishers, speakers
from bot.interactions.follow_ups import turn_before
from bot.interactions.interface import BotInterface
from bot.interactions.replies import MessageReply
from bot.interactions.shown_replies import show_reply
from bot.interactions.threads import can_have_thread, open_thread, thread_name
from bot.locales import _, command_name
from bot.services.dialogue import ANYBODY, ConversationKey
from bot.services.guild_settings import speaks_in
from bot.services.inputs import stated
from bot.services.visibility import visible_filters, visible_owners
from retrieval.domain import Filters
from retrieval.guilds.settings import GuildSettings, ThreadMode

_MENTION = re.compile(r"<@[!&]?\d+>")
_NAMED = 5  # channels that are told
_HOUR, _REMEMBERED = 3600.0, 5_000


class AskCog(commands.Cog):
    """Answers /ask, mentions, replies that ping, and direct messages."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot
        self._told: TTLCache[ConversationKey, None] = TTLCache(_REMEMBERED, _HOUR)

    @app_commands.command(description="Ask the archive who said what, and get the exact words")
    @app_commands.describe(
        question="For example: who said the mission isn't over?",
        speaker="Only words of this person",
        publisher="Only articles of this publisher",
        after="Only articles from this day on: 2024-03-05, May 2023, last week",
        before="Only articles up to this day: 2024-03-05, May 2023, yesterday",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(speaker=speakers, publisher=publishers)
    async def ask(  # noqa: PLR0913, PLR0917
        self,
        interaction: discord.Interaction[BotInterface],
        question: app_commands.Range[str, 1, QUESTION],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        publisher: app_commands.Range[str, 1, SPEAKER] | None = None,
        after: str | None = None,
        before: str | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer /ask."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=private)
            settings = self.bot.services.guilds.of(interaction.guild_id)
            place = ConversationKey(interaction.channel_id or 0, interaction.user.id)
            seen = visible_owners(self.bot, interaction.guild_id)
            wanted = Filters(seen, speaker, publisher, stated(after), stated(before, last=True))
            narrowed = await self.bot.services.queries.known_filters(wanted)
            found = await self.bot.services.dialogue.reply(question, narrowed, place, boldness=settings.boldness)
            threads = not reply.private and can_have_thread(interaction.channel)
            offered = threads and settings.threads is ThreadMode.OFFER
            await show_reply(self.bot, reply, found, place, guild=interaction.guild_id, asked=question, thread=offered)
            if threads and settings.threads is ThreadMode.ALWAYS:
                await self._go_on_in_thread(interaction, question, place)
            if not private:
                await self.bot.services.gaps.note(interaction.guild, found)

    async def _go_on_in_thread(
        self, interaction: discord.Interaction[BotInterface], question: str, place: ConversationKey
    ) -> None:
        """Open a thread below the answer, if there can be one; everybody there may follow it up."""
        with contextlib.suppress(discord.HTTPException, Refused):
            thread = await open_thread(await interaction.original_response(), thread_name(question))
            conversations = self.bot.services.dialogue.conversations
            if turn := conversations.recall(place):
                conversations.remember(ConversationKey(thread.id, ANYBODY), turn)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks something."""
        if not self._is_asked(message):
            return
        guild = message.guild.id if message.guild else None
        settings = self.bot.services.guilds.of(guild)
        async with self.bot.responder.replying(message, settings.language) as reply:
            if not speaks_in(settings, message.channel):
                await self._say_where(message, reply, settings)
                return
            words = _MENTION.sub(" ", message.content)
            await reply.begin(thread=thread_name(words) if settings.threads is ThreadMode.ALWAYS else None)
            last = await turn_before(self.bot, message)
            place = ConversationKey(reply.channel, message.author.id)
            found = await self.bot.services.dialogue.reply(
                words, visible_filters(self.bot, guild), place, last=last, boldness=settings.boldness
            )
            offered = settings.threads is ThreadMode.OFFER and can_have_thread(message.channel)
            await show_reply(self.bot, reply, found, place, guild=guild, thread=offered)
            await self.bot.services.gaps.note(message.guild, found)

    async def _say_where(self, message: discord.Message, reply: MessageReply, settings: GuildSettings) -> None:
        """Say in which channels everybody sees answers, once an hour to each person in each channel."""
        key = ConversationKey(message.channel.id, message.author.id)
        if key in self._told:
            return
        self._told[key] = None
        where = ", ".join(f"<#{channel}>" for channel in settings.channels[:_NAMED])
        text = _("In this channel I answer commands alone, to you alone: try /{command}.", command=command_name("ask"))
        await reply.tell(notice(text + "\n-# " + _("Everybody sees my answers in {channels}.", channels=where)))

    def _is_asked(self, message: discord.Message) -> bool:
        """Return whether a person asks: in a direct message, or with a mention; a reply that pings counts as one."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return False
        return message.guild is None or self.bot.user in message.mentions


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(AskCog(bot))
