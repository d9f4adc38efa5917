"""/privacy: what is kept about a person; it can be taken away as a file, and deleted."""

import io
import json
from dataclasses import asdict
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.components import notice
from bot.cards.help import DELETE, EXPORT, privacy_card
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.locales import _
from retrieval.guilds.gaps import KEPT


class ExportButton(PersistentButton, template=EXPORT.identifier):
    """Sends a file with everything that is kept about the person."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            kept = {
                "questions": bot.services.dialogue.conversations.of(interaction.user.id),
                "judgements": await bot.services.feedback.of(interaction.user.id),
                "watches": [asdict(watch) for watch in await bot.services.watches.of_person(interaction.user.id)],
            }
            file = io.BytesIO(json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode())
            await interaction.followup.send(file=discord.File(file, "kept-about-you.json"), ephemeral=True)


class DeleteButton(PersistentButton, template=DELETE.identifier):
    """Deletes everything that is kept about the person."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            bot.services.dialogue.conversations.forget(interaction.user.id)
            await bot.services.feedback.forget(interaction.user.id)
            await bot.services.watches.forget_person(interaction.user.id)
            await reply.tell(notice(_("Done. Nothing is kept about you now.")))


class PrivacyCog(commands.Cog):
    """Offers /privacy."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="See what is kept about you, take a copy, or delete it")
    async def privacy(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /privacy."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            services, person = self.bot.services, interaction.user.id
            conversations = services.dialogue.conversations
            judged, watches = await services.feedback.of(person), await services.watches.of_person(person)
            counts = {
                "questions": len(conversations.of(person)),
                "judgements": len(judged),
                "watches": len(watches),
            }
            minutes, shown = round(conversations.lifetime / 60), services.posted.kept.days
            await reply.tell(privacy_card(counts, minutes=minutes, days=KEPT.days, shown=shown))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(PrivacyCog(bot))
    bot.add_dynamic_items(ExportButton, DeleteButton)
