"""Whether a quotation is true to the archive: /verify, and the message menu "Check quotations"."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.limits import QUOTATION, SPEAKER
from bot.cards.verification import checks_card, verification_card
from bot.locales import N_
from bot.services.visibility import filters

if TYPE_CHECKING:
    from bot.client import OnTheRecord


_MENU = app_commands.locale_str(N_("Check quotations"))


class Verify(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=_MENU, callback=self.check_quotations)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Check whether somebody really said this, word for word")
    @app_commands.describe(
        quotation="The words to check", speaker="Who is said to have said them", private="Show the answer to you alone"
    )
    async def verify(
        self,
        interaction: discord.Interaction["OnTheRecord"],
        quotation: app_commands.Range[str, 1, QUOTATION],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        private: bool | None = None,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=private)
            found = await self.bot.desk.verify(quotation, speaker, filters(self.bot, interaction.guild_id))
            await reply.show(verification_card(found))

    async def check_quotations(self, interaction: discord.Interaction["OnTheRecord"], message: discord.Message) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            found = await self.bot.desk.verify_message(message.content, filters(self.bot, interaction.guild_id))
            await reply.show(checks_card(found))
