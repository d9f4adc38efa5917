"""The buttons beside cited words: what surrounds them, and what else was said. They outlive a restart."""

from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.cards.answer import more_card, surroundings_card
from bot.cards.references import PATTERN, parse
from bot.interactions.persistent_items import Pressed
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class Surroundings(Pressed, template=rf"around:(?P<reference>{PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            citation = await bot.desk.look_up(parse(self.match["reference"]), owners(bot, interaction.guild_id))
            await reply.show(surroundings_card(citation))


class More(Pressed, template=rf"more:(?P<reference>{PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            known, others = await bot.desk.more(parse(self.match["reference"]), owners(bot, interaction.guild_id))
            await reply.show(more_card(known, others))


class Passages(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        bot.add_dynamic_items(Surroundings, More)
