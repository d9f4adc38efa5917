"""The button that shows a private answer to everybody in the channel. Only the person who was answered sees it."""

from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from discord.ext import commands

from bot.cards.buttons import SHARE
from bot.cards.correction import cited, put_notes
from bot.cards.layout import finished
from bot.cards.limits import fit_typed
from bot.interactions.errors import Refused
from bot.interactions.persistent_items import Pressed
from bot.interactions.replies import NO_PINGS
from bot.locales import _
from bot.services.guild_settings import speaks_in
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_NAME = 60


class ShareButton(Pressed, template=SHARE.identifier):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """The message itself holds all that is shown; only what has become of the words is looked up."""
        bot: OnTheRecord = interaction.client
        assert interaction.message is not None
        async with bot.answering(interaction) as reply:
            if not speaks_in(bot.community.servers.of(interaction.guild_id), interaction.channel):
                raise Refused(_("In this channel everybody's answers are theirs alone."))
            await reply.change()
            card = _without_share(interaction.message)
            seen = owners(bot, interaction.guild_id)
            put_notes(card, await bot.desk.standings(cited(interaction.message), seen))
            await interaction.edit_original_response(view=finished(card), allowed_mentions=NO_PINGS)
            name = fit_typed(interaction.user.display_name, _NAME)
            card.add_item(ui.TextDisplay("-# " + _("Shared by {name}", name=name)))
            shared = await interaction.followup.send(view=finished(card), allowed_mentions=NO_PINGS, wait=True)
            await bot.remember(shared, interaction.guild_id)


def _without_share(message: discord.Message) -> ui.LayoutView:
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in list(view.walk_children()):
        if isinstance(item, ui.Button) and item.custom_id == SHARE.identifier and isinstance(item.parent, ui.ActionRow):
            row = item.parent.remove_item(item)
            if not row.children:
                view.remove_item(row)
    return view


class Share(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        bot.add_dynamic_items(ShareButton)
