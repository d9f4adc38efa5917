"""The buttons that turn to another page of a list."""

from typing import Any

import discord

from bot.cards.dialogue.list_pages import LIST, LIST_PAGE, parse_list_page
from bot.cards.dialogue.reply_card import reply_card
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.services.visibility import visible_filters


class ListPageButton(PersistentButton, template=f"{LIST}:{LIST_PAGE}"):
    """Turns to another page of a list."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.turn()
            page = parse_list_page(self.match)
            found = await bot.services.dialogue.page(page, visible_filters(bot, interaction.guild_id))
            await reply.show(reply_card(found, offset=page.offset))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    bot.add_dynamic_items(ListPageButton)
