"""The buttons "This is right" and "This is wrong" below an answer; the second asks why."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui
from discord.ext import commands

from bot import references
from bot.cards import notice
from bot.judgements import Judgement
from bot.limits import REASON

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_THANKS = notice("Thank you. Whoever runs me can see what was right and wrong, but not who said so.")


class _Judging(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    def __init__(self, item: ui.Button[Any], about: str) -> None:
        super().__init__(item)
        self.about = about

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, match["reference"])


class Right(_Judging, template=rf"right:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _keep(interaction, Judgement(interaction.user.id, self.about, right=True))


class Wrong(_Judging, template=rf"wrong:(?P<reference>{references.PATTERN})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction):
            await interaction.response.send_modal(Why(self.about))


class Why(ui.Modal, title="What is wrong with it?"):
    reason: ui.TextInput["Why"] = ui.TextInput(
        label="In a few words", style=discord.TextStyle.paragraph, required=False, max_length=REASON
    )

    def __init__(self, about: str) -> None:
        super().__init__(timeout=600)
        self._about = about

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        reason = self.reason.value.strip() or None
        await _keep(interaction, Judgement(interaction.user.id, self._about, right=False, reason=reason))


async def _keep(interaction: discord.Interaction[Any], judgement: Judgement) -> None:
    bot: OnTheRecord = interaction.client
    async with bot.answering(interaction) as reply:
        await reply.defer(private=True)
        await bot.desk.worker.run(partial(bot.judgements.add, judgement))
        await reply.tell(_THANKS)


class Judge(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        bot.add_dynamic_items(Right, Wrong)
