"""The button that shows a private answer to everybody in the channel; only the person who was answered sees it."""

from typing import Any

import discord
from discord import ui

from bot.cards.components import SHARE
from bot.cards.correction import put_notes, references_in
from bot.cards.layout import finished
from bot.cards.limits import fit_typed
from bot.errors import Refused
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.interactions.replies import NO_PINGS
from bot.locales import _
from bot.services.guild_settings import speaks_in
from bot.services.visibility import visible_owners

_NAME = 60


class ShareButton(PersistentButton, template=SHARE.identifier):
    """Shows a private answer to everybody in the channel."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Send the message again for everybody: it holds all that is shown but what became of the words."""
        bot: BotInterface = interaction.client
        assert interaction.message is not None
        async with bot.responder.answering(interaction) as reply:
            if not speaks_in(bot.services.guilds.of(interaction.guild_id), interaction.channel):
                raise Refused(_("In this channel everybody's answers are theirs alone."))
            await reply.change()
            card = _without_share(interaction.message)
            references, seen = references_in(interaction.message), visible_owners(bot, interaction.guild_id)
            put_notes(card, await bot.services.queries.standings(references, seen))
            await interaction.edit_original_response(view=finished(card), allowed_mentions=NO_PINGS)
            name = fit_typed(interaction.user.display_name, _NAME)
            card.add_item(ui.TextDisplay("-# " + _("Shared by {name}", name=name)))
            shared = await interaction.followup.send(view=finished(card), allowed_mentions=NO_PINGS, wait=True)
            await bot.responder.remember(shared, references, interaction.guild_id)


def _without_share(message: discord.Message) -> ui.LayoutView:
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in list(view.walk_children()):
        if isinstance(item, ui.Button) and item.custom_id == SHARE.identifier and isinstance(item.parent, ui.ActionRow):
            row = item.parent.remove_item(item)
            if not row.children:
                view.remove_item(row)
    return view


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    bot.add_dynamic_items(ShareButton)
