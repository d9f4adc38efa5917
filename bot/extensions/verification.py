"""Whose words these are, and whether a quotation is true: /who-said, /verify, the menu "Check quotations"."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.limits import QUOTATION, SPEAKER
from bot.cards.verification import checks_card, verification_card, who_said_card
from bot.interactions.interface import BotInterface
from bot.locales import N_
from bot.services.queries import verification_cost
from bot.services.visibility import visible_filters

_MENU = app_commands.locale_str(N_("Check quotations"))


class VerificationCog(commands.Cog):
    """Offers /verify, /who-said and the message menu."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=_MENU, callback=self.check_quotations)

    async def cog_load(self) -> None:
        """Add the menu, which discord.py doesn't take from a cog."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Check whether somebody really said this, word for word")
    @app_commands.describe(
        quotation="The words to check", speaker="Who is said to have said them", private="Show the answer to you alone"
    )
    async def verify(
        self,
        interaction: discord.Interaction[BotInterface],
        quotation: app_commands.Range[str, 1, QUOTATION],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer /verify."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=private, cost=verification_cost(quotation))
            found = await self.bot.services.queries.verify(
                quotation, speaker, visible_filters(self.bot, interaction.guild_id)
            )
            await reply.show(verification_card(found))

    @app_commands.command(name="who-said", description="Find out who said these words, and where")
    @app_commands.describe(words="The words, or part of them", private="Show the answer to you alone")
    async def who_said(
        self,
        interaction: discord.Interaction[BotInterface],
        words: app_commands.Range[str, 1, QUOTATION],
        private: bool | None = None,
    ) -> None:
        """Answer /who-said."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=private, cost=verification_cost(words))
            found = await self.bot.services.queries.verify(words, None, visible_filters(self.bot, interaction.guild_id))
            await reply.show(who_said_card(found))

    async def check_quotations(self, interaction: discord.Interaction[BotInterface], message: discord.Message) -> None:
        """Answer the menu of a message."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True, cost=verification_cost(message.content))
            found = await self.bot.services.queries.verify_message(
                message.content, visible_filters(self.bot, interaction.guild_id)
            )
            if found.checked:
                await reply.show(checks_card(found))
            else:
                await reply.tell(checks_card(found))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(VerificationCog(bot))
