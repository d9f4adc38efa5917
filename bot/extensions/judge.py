"""The buttons "This is right" and "This is wrong" below an answer; the second asks why."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from discord.ext import commands

from bot.cards import references
from bot.cards.answer import notice
from bot.cards.correction import note
from bot.cards.limits import REASON
from bot.interactions.forms import entered, form
from bot.interactions.persistent_items import Pressed
from bot.locales import N_, _
from bot.services.feedback import Judgement
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_THANKS = N_("Thank you. Whoever runs me can see what was right and wrong, but not who said so.")


_FORM = re.compile(rf"wrong:(?P<reference>{references.PATTERN})")


class Right(Pressed, template=rf"right:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _keep(interaction, Judgement(interaction.user.id, self.match["reference"], right=True))


class Wrong(Pressed, template=_FORM.pattern):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction):
            reason: ui.TextInput[Any] = ui.TextInput(
                label=_("In a few words"), style=discord.TextStyle.paragraph, required=False, max_length=REASON
            )
            await interaction.response.send_modal(form(_("What is wrong with it?"), self.match[0], reason))


async def _keep(interaction: discord.Interaction[Any], judgement: Judgement) -> None:
    bot: OnTheRecord = interaction.client
    async with bot.answering(interaction) as reply:
        await reply.defer(private=True)
        await bot.desk.worker.run(partial(bot.judgements.add, judgement))
        about = references.parse(judgement.about)
        standings = await bot.desk.standings([about], owners(bot, interaction.guild_id))
        notes = [note(standing) for standing in standings.values()]
        await reply.tell(notice("\n".join([*filter(None, notes), _(_THANKS)])))


class Judge(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        bot.add_dynamic_items(Right, Wrong)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        """A form that was filled in, even if the bot was restarted meanwhile."""
        if filled := entered(interaction, _FORM):
            match, reason = filled
            judgement = Judgement(interaction.user.id, match["reference"], right=False, reason=reason.strip() or None)
            await _keep(interaction, judgement)
