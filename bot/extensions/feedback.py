"""The buttons "This is right" and "This is wrong" below an answer; the second asks why."""

import re
from typing import Any

import discord
from discord import ui
from discord.ext import commands

from bot.cards import references
from bot.cards.components import notice
from bot.cards.correction import note
from bot.cards.limits import REASON
from bot.interactions.forms import entered, form
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.locales import N_, _
from bot.services.feedback import Feedback
from bot.services.visibility import visible_owners

_THANKS = N_("Thank you. Whoever runs me can see what was right and wrong, but not who said so.")


_FORM = re.compile(rf"wrong:(?P<reference>{references.PATTERN})")


class RightButton(PersistentButton, template=rf"right:(?P<reference>{references.PATTERN})"):
    """Marks an answer as right."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        await _keep(interaction, Feedback(interaction.user.id, self.match["reference"], right=True))


class WrongButton(PersistentButton, template=_FORM.pattern):
    """Opens the form that asks what is wrong with an answer."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction):
            reason: ui.TextInput[Any] = ui.TextInput(
                label=_("In a few words"), style=discord.TextStyle.paragraph, required=False, max_length=REASON
            )
            await interaction.response.send_modal(form(_("What is wrong with it?"), self.match[0], reason))


async def _keep(interaction: discord.Interaction[Any], feedback: Feedback) -> None:
    bot: BotInterface = interaction.client
    async with bot.responder.answering(interaction) as reply:
        await reply.defer(private=True)
        await bot.services.feedback.add(feedback)
        about = references.parse(feedback.about)
        standings = await bot.services.queries.standings([about], visible_owners(bot, interaction.guild_id))
        notes = [note(standing) for standing in standings.values()]
        await reply.tell(notice("\n".join([*filter(None, notes), _(_THANKS)])))


class FeedbackCog(commands.Cog):
    """Keeps the reasons that were typed into the form."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Keep what was entered into the form, even if the bot was restarted meanwhile."""
        if filled := entered(interaction, _FORM):
            match, reason = filled
            feedback = Feedback(interaction.user.id, match["reference"], right=False, reason=reason.strip() or None)
            await _keep(interaction, feedback)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(FeedbackCog())
    bot.add_dynamic_items(RightButton, WrongButton)
