"""/archive: what a guild adds to the archive, for itself alone."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.components import Card, Tone, notice
from bot.cards.guilds.archive import (
    PAGE,
    REMOVE,
    RESTORE,
    TURN,
    AdditionProgress,
    added_card,
    archive_list_card,
    confirmation_card,
    progress_card,
    removed_card,
    status_card,
)
from bot.cards.limits import fit_line
from bot.cards.reasons import reason_told
from bot.errors import Refused, Stale
from bot.interactions.autocomplete import choices
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.locales import _, number
from bot.services.additions import ShowProgress
from bot.services.guild_settings import may_add
from bot.services.visibility import guild_owner
from retrieval.errors import FetchError, ReadError

LARGEST = 10
"""Megabytes that an attachment may have."""

_MEGABYTE = 1024 * 1024
_REASON = 300


class RemoveButton(PersistentButton, template=rf"{REMOVE}:(?P<row>\d{{1,18}})"):
    """Removes an article of the guild."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.turn()
            article = await bot.services.additions.article(owner, int(self.match["row"]))
            if article is None or not await bot.services.additions.remove(owner, article.id):
                raise Stale
            await reply.tell(removed_card(article))
            await bot.services.queries.read_names()


class RestoreButton(PersistentButton, template=rf"{RESTORE}:(?P<article>.+)"):
    """Undoes a removal."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.turn()
            if not await bot.services.additions.restore(owner, self.match["article"]):
                raise Stale
            await reply.tell(notice(_("The article is back."), Tone.CERTAIN))
            await bot.services.queries.read_names()


class ArchiveListButton(PersistentButton, template=rf"{TURN}:(?P<page>\d{{1,6}})"):
    """Turns to another page of the guild's articles."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            owner = guild_owner(bot, interaction.guild_id)
            await reply.turn()
            await reply.tell(await _list(bot, owner, int(self.match["page"])))


@app_commands.guild_only
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class ArchiveCog(
    commands.GroupCog, name="archive", description="What this server adds to the archive, for itself alone"
):
    """Offers the commands below /archive."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="Add an article: a file or an address. This server alone will see it")
    @app_commands.describe(
        file="A text, a saved page, Markdown or JSON Lines", address="Where the article stands: https://…"
    )
    async def add(
        self,
        interaction: discord.Interaction[BotInterface],
        file: discord.Attachment | None = None,
        address: app_commands.Range[str, 8, 2000] | None = None,
    ) -> None:
        """Answer /archive add."""
        async with self.bot.responder.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.defer(private=True)
            _check(file, address)

            async def show(progress: AdditionProgress) -> None:
                await reply.tell(progress_card(progress))

            await show(AdditionProgress())
            try:
                progress = await self._added(file, address or "", owner, show)
            except (FetchError, ReadError) as error:
                reason = fit_line(reason_told(error.reason), _REASON)
                raise Refused(_("I could not read that address: {reason}", reason=reason)) from error
            await reply.tell(added_card(progress))
            await self.bot.services.queries.read_names()

    async def _added(
        self, file: discord.Attachment | None, address: str, owner: str, show: ShowProgress
    ) -> AdditionProgress:
        additions = self.bot.services.additions
        if file is None:
            return await additions.add_address(address, owner, show)
        return await additions.add_file(await file.read(), file.filename, owner, show)

    @app_commands.command(description="Remove an article that this server added")
    @app_commands.describe(title="Its title")
    async def remove(self, interaction: discord.Interaction[BotInterface], title: str) -> None:
        """Answer /archive remove."""
        async with self.bot.responder.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.defer(private=True)
            article, _quotations = await self.bot.services.queries.article(title, frozenset({owner}))
            row = await self.bot.services.additions.row(owner, article.id)
            if row is None:
                raise Stale
            await reply.tell(confirmation_card(article, row))

    @remove.autocomplete("title")
    async def _titles(
        self, interaction: discord.Interaction[BotInterface], typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices(self.bot.services.queries.titles.suggest(typed, {guild_owner(self.bot, interaction.guild_id)}))

    @app_commands.command(name="list", description="See what this server has added")
    async def list_articles(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /archive list."""
        async with self.bot.responder.answering(interaction) as reply:
            owner = guild_owner(self.bot, interaction.guild_id)
            await reply.defer(private=True)
            await reply.tell(await _list(self.bot, owner, 0))

    @app_commands.command(description="See how much there is, and whether something is being added")
    async def status(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /archive status."""
        async with self.bot.responder.answering(interaction) as reply:
            owner = guild_owner(self.bot, interaction.guild_id)
            await reply.defer(private=True)
            await reply.tell(status_card(await self.bot.services.additions.status(owner)))


def _owner(interaction: discord.Interaction[Any]) -> str:
    """Return the owner of what this person may add and remove. Raises Refused."""
    bot: BotInterface = interaction.client
    owner = guild_owner(bot, interaction.guild_id)
    if not may_add(interaction, bot.services.guilds.of(interaction.guild_id)):
        raise Refused(_("That takes somebody who manages this server, or who has been given leave in its settings."))
    return owner


def _check(file: discord.Attachment | None, address: str | None) -> None:
    """Raise Refused unless there is exactly one thing to add, and it isn't too large."""
    if (file is None) == (address is None):
        raise Refused(_("Give me one thing to add: a file or an address."))
    if file is not None and file.size > LARGEST * _MEGABYTE:
        raise Refused(_("That file is too large. I take {most} MB.", most=number(LARGEST)))


async def _list(bot: BotInterface, owner: str, page: int) -> Card:
    listed, total = await bot.services.additions.page(owner, page, PAGE)
    return archive_list_card(listed, total, page)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(ArchiveCog(bot))
    bot.add_dynamic_items(RemoveButton, RestoreButton, ArchiveListButton)
