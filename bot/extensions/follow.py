"""The buttons that go on from an answer: a follow-up question, and a thread."""

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from discord.ext import commands

from bot.cards.answer import answer_card, notice
from bot.cards.limits import QUESTION
from bot.cards.references import PATTERN, parse
from bot.interactions.forms import entered, form
from bot.interactions.persistent_items import Pressed
from bot.interactions.replies import say
from bot.interactions.threads import not_allowed, open_thread, thread_name
from bot.locales import _
from bot.services.conversations import Place
from bot.services.visibility import filters, owners
from retrieval.answering.conversation import ConversationTurn
from retrieval.domain import Answer, Citation
from retrieval.guilds.settings import ThreadMode

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_FORM = re.compile(rf"follow:(?P<reference>{PATTERN})")
_SHOWN = 1.0  # an answer that was shown counts as sure


class FollowUp(Pressed, template=_FORM.pattern):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction):
            asked: ui.TextInput[Any] = ui.TextInput(
                label=_("What else do you want to know?"),
                placeholder=_("For example: what else did she say?"),
                max_length=QUESTION,
            )
            await interaction.response.send_modal(form(_("Follow-up question"), self.match[0], asked))


class OpenThread(Pressed, template=rf"thread:(?P<reference>{PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            assert interaction.message is not None
            await reply.defer(private=True)
            if bot.community.servers.of(interaction.guild_id).threads is ThreadMode.NEVER:  # since the button was shown
                raise not_allowed()
            citation = await bot.desk.look_up(parse(self.match["reference"]), owners(bot, interaction.guild_id))
            thread = await open_thread(interaction.message, thread_name(citation.article.title))
            bot.desk.conversations.remember(Place(thread.id, interaction.user.id), _turn(citation))
            await say(thread, notice(_("Go on here: mention me, or reply to me, and ask.")), str(thread.id))
            await reply.tell(notice(_("Go on in {thread}.", thread=thread.mention)))


class Follow(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(FollowUp, OpenThread)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        """A form that was filled in, even if the bot was restarted meanwhile."""
        if filled := entered(interaction, _FORM):
            await self._answer(interaction, *filled)

    async def _answer(
        self, interaction: discord.Interaction["OnTheRecord"], match: re.Match[str], question: str
    ) -> None:
        bot, guild = self.bot, interaction.guild_id
        async with bot.answering(interaction) as reply:
            hidden = interaction.message is not None and interaction.message.flags.ephemeral
            await reply.defer(private=hidden or None)
            citation = await bot.desk.look_up(parse(match["reference"]), owners(bot, guild))
            place = Place(interaction.channel_id or 0, interaction.user.id)
            boldness = bot.community.servers.of(guild).boldness
            last = _turn(citation)
            answer = await bot.desk.answer(question, filters(bot, guild), place, last=last, boldness=boldness)
            await reply.show(answer_card(answer, asked=True))


def _turn(citation: Citation) -> ConversationTurn:
    return ConversationTurn.after(None, "", Answer("", _SHOWN, (citation,)))
