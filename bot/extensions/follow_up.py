"""The buttons that go on from an answer: a follow-up question, and a thread."""

import re
from typing import Any

import discord
from discord import ui
from discord.ext import commands

from bot.cards.components import notice
from bot.cards.limits import QUESTION
from bot.cards.references import PATTERN, parse
from bot.interactions.follow_ups import turn_of
from bot.interactions.forms import entered, form
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.interactions.replies import say
from bot.interactions.shown_replies import show_reply
from bot.interactions.threads import not_allowed, open_thread, thread_name
from bot.locales import _
from bot.services.dialogue import ANYBODY, ConversationKey
from bot.services.visibility import visible_filters, visible_owners
from retrieval.guilds.settings import ThreadMode

_FORM = re.compile(rf"follow:(?P<reference>{PATTERN})")


class FollowUpButton(PersistentButton, template=_FORM.pattern):
    """Opens the form for a follow-up question."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction):
            asked: ui.TextInput[Any] = ui.TextInput(
                label=_("What else do you want to know?"),
                placeholder=_("For example: what else did she say?"),
                max_length=QUESTION,
            )
            await interaction.response.send_modal(form(_("Follow-up question"), self.match[0], asked))


class ThreadButton(PersistentButton, template=rf"thread:(?P<reference>{PATTERN})"):
    """Opens a thread below an answer."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            assert interaction.message is not None
            await reply.defer(private=True)
            if bot.services.guilds.of(interaction.guild_id).threads is ThreadMode.NEVER:  # since the button was shown
                raise not_allowed()
            citation = await bot.services.queries.look_up(
                parse(self.match["reference"]), visible_owners(bot, interaction.guild_id)
            )
            thread = await open_thread(interaction.message, thread_name(citation.article.title))
            conversations = bot.services.dialogue.conversations
            turn = conversations.recall_reply(interaction.message.id, interaction.message.channel.id)
            turn = turn or turn_of(citation)
            conversations.remember(ConversationKey(thread.id, ANYBODY), turn)
            await say(thread, notice(_("Go on here: mention me, or reply to me, and ask.")), str(thread.id))
            await reply.tell(notice(_("Go on in {thread}.", thread=thread.mention)))


class FollowUpCog(commands.Cog):
    """Answers follow-up questions that were typed into the form."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer what was entered into the form, even if the bot was restarted meanwhile."""
        if filled := entered(interaction, _FORM):
            await self._answer(interaction, *filled)

    async def _answer(
        self, interaction: discord.Interaction[BotInterface], match: re.Match[str], question: str
    ) -> None:
        bot, guild = self.bot, interaction.guild_id
        async with bot.responder.answering(interaction) as reply:
            hidden = interaction.message is not None and interaction.message.flags.ephemeral
            await reply.defer(private=hidden or None)
            citation = await bot.services.queries.look_up(parse(match["reference"]), visible_owners(bot, guild))
            place = ConversationKey(interaction.channel_id or 0, interaction.user.id)
            boldness = bot.services.guilds.of(guild).boldness
            shown = interaction.message.id if interaction.message else 0
            last = bot.services.dialogue.conversations.recall_reply(shown, place.channel) or turn_of(citation)
            found = await bot.services.dialogue.reply(
                question, visible_filters(bot, guild), place, last=last, boldness=boldness
            )
            await show_reply(bot, reply, found, place, guild=guild, asked=question)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(FollowUpCog(bot))
    bot.add_dynamic_items(FollowUpButton, ThreadButton)
