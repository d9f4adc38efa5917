"""The buttons beside cited words: what surrounds them, and what else was said. They outlive a restart."""

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui
from discord.ext import commands

from bot import references
from bot.cards import more_card, surroundings_card
from bot.scope import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord


class _ReferenceButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """Knows nothing but its custom_id. Whoever sees it may press it, and is answered in private."""

    def __init__(self, item: ui.Button[Any], reference: references.Reference) -> None:
        super().__init__(item)
        self.reference = reference

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, references.parse(match["reference"]))


class Surroundings(_ReferenceButton, template=rf"around:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            citation = await bot.desk.look_up(self.reference, owners(bot, interaction.guild_id))
            await reply.show(surroundings_card(citation))


class More(_ReferenceButton, template=rf"more:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            known, others = await bot.desk.more(self.reference, owners(bot, interaction.guild_id))
            await reply.show(more_card(known, others))


class Passages(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        bot.add_dynamic_items(Surroundings, More)
