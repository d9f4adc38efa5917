"""/privacy: what is kept about a person; it can be taken away as a file, and deleted."""

import io
import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import Block, Card, Tone, notice
from bot.cards.buttons import Button
from bot.interactions.persistent_items import Pressed
from bot.locales import N_, _
from retrieval.guilds.gaps import KEPT
from retrieval.guilds.watches import Watch

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_EXPORT, _FORGET = Button("privacy", N_("Give me a copy"), "export"), Button("privacy", N_("Delete it"), "delete")
_KEPT = N_(
    "**What is kept about you**\n"
    "Your last question in each channel, for {minutes} minutes and in memory alone, so that you can follow up: "
    "{questions} now.\n"
    "What you said was right or wrong, with your reason, until you delete it: {judgements} now. "
    "Whoever runs me sees it without your name.\n"
    "What you watch for, until you end it: {watches} now.\n"
    "A question that finds no answer on a server is kept for {days} days without your name, so that those who manage "
    "the server see what its archive lacks. It isn't kept if you ask directly, or say that the answer is private.\n"
    "Which of my messages in a server's channels shows which words, for {shown} days, so that I can say there when an "
    "article changes them; not who asked, and nothing of private answers or direct messages.\n"
    "Questions and names don't stand in the log."
)


class Copy(Pressed, template=_EXPORT.identifier):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            kept = {
                "questions": bot.desk.conversations.of(interaction.user.id),
                "judgements": await bot.desk.worker.run(partial(bot.judgements.of, interaction.user.id)),
                "watches": [asdict(watch) for watch in await _watches(bot, interaction.user.id)],
            }
            file = io.BytesIO(json.dumps(kept, ensure_ascii=False, indent=1).encode())
            await interaction.followup.send(file=discord.File(file, "kept-about-you.json"), ephemeral=True)


class Delete(Pressed, template=_FORGET.identifier):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            bot.desk.conversations.forget(interaction.user.id)
            await bot.desk.worker.run(partial(bot.judgements.forget, interaction.user.id))
            await bot.desk.worker.run(partial(bot.community.watches.forget_person, interaction.user.id))
            await reply.tell(notice(_("Done. Nothing is kept about you now.")))


class Privacy(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(Copy, Delete)

    @app_commands.command(description="See what is kept about you, take a copy, or delete it")
    async def privacy(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            judged = await self.bot.desk.worker.run(partial(self.bot.judgements.of, interaction.user.id))
            asked = self.bot.desk.conversations.of(interaction.user.id)
            minutes = round(self.bot.desk.conversations.lifetime / 60)
            watches = await _watches(self.bot, interaction.user.id)
            counts = {"questions": len(asked), "judgements": len(judged), "watches": len(watches)}
            text = _(_KEPT, minutes=minutes, days=KEPT.days, shown=self.bot.shown.kept.days, **counts)
            await reply.tell(Card((Block(text),), Tone.NEUTRAL, (_EXPORT, _FORGET)))


async def _watches(bot: "OnTheRecord", person: int) -> list[Watch]:
    return await bot.desk.worker.run(partial(bot.community.watches.of_person, person))
