"""The buttons "This is right" and "This is wrong" below an answer; the second asks why."""

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from discord.ext import commands

from bot import references
from bot.cards import notice
from bot.corrections import note
from bot.judgements import Judgement
from bot.limits import REASON
from bot.locales import N_, _
from bot.pressing import Pressed
from bot.scope import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_THANKS = N_("Thank you. Whoever runs me can see what was right and wrong, but not who said so.")


class Right(Pressed, template=rf"right:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _keep(interaction, Judgement(interaction.user.id, self.match["reference"], right=True))


class Wrong(Pressed, template=rf"wrong:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction):
            await interaction.response.send_modal(Why(self.match["reference"]))


class Why(ui.Modal):
    def __init__(self, about: str) -> None:
        super().__init__(title=_("What is wrong with it?"), timeout=600)
        self._about = about
        self._reason: ui.TextInput[Why] = ui.TextInput(
            label=_("In a few words"), style=discord.TextStyle.paragraph, required=False, max_length=REASON
        )
        self.add_item(self._reason)

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        reason = self._reason.value.strip() or None
        await _keep(interaction, Judgement(interaction.user.id, self._about, right=False, reason=reason))


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
