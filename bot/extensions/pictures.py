"""The buttons that show a picture or give files: a quotation as a card, a chart of a list, a list to take away."""

import io
from collections.abc import Sequence
from functools import partial
from typing import Any

import discord

from bot.cards.dialogue.list_pages import CHART, EXPORT_LIST, LIST_PAGE, ListPage, parse_list_page
from bot.cards.limits import plain_line
from bot.cards.references import PATTERN, parse
from bot.errors import Refused
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.interactions.replies import NO_PINGS
from bot.locales import _
from bot.pictures.charts import chart
from bot.pictures.drawing import Picture
from bot.pictures.quotation_card import quotation_picture
from bot.services.visibility import visible_filters, visible_owners
from retrieval.answering.exports import ExportFormat, export_citations
from retrieval.domain import Citation

_ABOUT = 80
_ENDINGS = {ExportFormat.CSV: "csv", ExportFormat.BIBTEX: "bib", ExportFormat.CSL_JSON: "json"}


class QuotationPictureButton(PersistentButton, template=rf"picture:(?P<reference>{PATTERN})"):
    """Shows the words as a picture to share."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            hidden = interaction.message is not None and interaction.message.flags.ephemeral
            await reply.defer(private=hidden or None)
            citation = await bot.services.queries.look_up(
                parse(self.match["reference"]), visible_owners(bot, interaction.guild_id)
            )
            picture = await bot.services.draw(partial(quotation_picture, citation))
            if picture is None:
                raise Refused(_("These words have letters that I can't draw."))
            await _send(interaction, picture)


class ChartButton(PersistentButton, template=f"{CHART}:{LIST_PAGE}"):
    """Shows a chart of a list: who said most, or when."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            page = parse_list_page(self.match)
            found = await bot.services.dialogue.whole(page, visible_filters(bot, interaction.guild_id))
            picture = await bot.services.draw(partial(chart, found, _described(page)))
            if picture is None:
                raise Refused(_("There is too little here to draw a chart of."))
            await _send(interaction, picture)


class ExportListButton(PersistentButton, template=f"{EXPORT_LIST}:{LIST_PAGE}"):
    """Gives a whole list as files: CSV, BibTeX and CSL-JSON."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            page = parse_list_page(self.match)
            found = await bot.services.dialogue.whole(page, visible_filters(bot, interaction.guild_id))
            if not found:
                raise Refused(_("There is nothing to take away here."))
            written = await bot.services.draw(partial(_exported, found))
            files = [discord.File(io.BytesIO(data), name) for name, data in written.items()]
            await interaction.edit_original_response(attachments=files, allowed_mentions=NO_PINGS)


def _exported(citations: Sequence[Citation]) -> dict[str, bytes]:
    """Return the files of an export by their names, one a format."""
    texts = {form: export_citations(citations, form) for form in ExportFormat}
    return {f"quotations.{_ENDINGS[form]}": text.encode("utf-8", "replace") for form, text in texts.items()}


async def _send(interaction: discord.Interaction[Any], picture: Picture) -> None:
    file = discord.File(io.BytesIO(picture.data), picture.name, description=picture.alt)
    await interaction.edit_original_response(attachments=[file], allowed_mentions=NO_PINGS)


def _described(page: ListPage) -> str:
    """Return what is listed, as the title of a chart."""
    wish = page.listing
    parts = (", ".join(wish.speakers), wish.topic, wish.publisher)
    return plain_line(" · ".join(part for part in parts if part), _ABOUT)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    bot.add_dynamic_items(QuotationPictureButton, ChartButton, ExportListButton)
