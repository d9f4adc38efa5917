"""/gaps: what a server's people asked in vain, for those who manage it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import Block, Card, Tone, notice, within_limits
from bot.cards.dates import written
from bot.cards.limits import fit_typed
from bot.interactions.errors import Refused
from bot.locales import _, ngettext
from retrieval.guilds.gaps import KEPT, Gap

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_SHOWN, _WORDINGS, _QUESTION = 10, 3, 200


class Gaps(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot

    @app_commands.command(description="See what people here asked that I found no answer to")
    @app_commands.guild_only
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def gaps(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            server = interaction.guild_id
            if server is None or self.bot.get_guild(server) is None:
                raise Refused(_("I keep unanswered questions for servers that I am a member of."))
            community = self.bot.community
            await reply.tell(gaps_card(await community.worker.run(partial(community.gaps.of, server))))


def gaps_card(gaps: Sequence[Gap]) -> Card:
    """The most frequent first. The questions are people's own words, so they stand without quotation marks."""
    kept = ngettext("Kept for {n} day, without names.", "Kept for {n} days, without names.", KEPT.days)
    if not gaps:
        return notice(_("Every question of this server has been answered so far.") + f"\n-# {kept}")
    heading = Block(_("**Asked here, and not answered**") + f"\n-# {kept}")
    return Card(within_limits([heading, *map(_block, gaps[:_SHOWN])]), Tone.NEUTRAL)


def _block(gap: Gap) -> Block:
    asked = ngettext(
        "asked {n} time, last on {day}", "asked {n} times, last on {day}", gap.count, day=written(gap.last)
    )
    lines = [fit_typed(question, _QUESTION) for question in gap.questions[:_WORDINGS]]
    return Block("\n".join([*lines, f"-# {asked}"]))
