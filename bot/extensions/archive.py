"""/archive: what a server adds to the archive, for itself alone."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import Tone, notice
from bot.cards.guild_archive import (
    PAGE,
    REMOVE,
    RESTORE,
    TURN,
    added_card,
    confirmation_card,
    progress_card,
    removed_card,
    shelf_card,
    status_card,
)
from bot.cards.limits import fit_line
from bot.cards.reasons import reason_told
from bot.interactions.errors import Refused, Stale
from bot.interactions.persistent_items import Pressed
from bot.locales import _, number
from bot.services.additions import Progress, carry_out
from bot.services.guild_settings import may_add
from bot.services.name_directory import choices
from bot.services.visibility import own
from retrieval.domain import OPERATOR
from retrieval.errors import FetchError, ReadError
from retrieval.guilds.additions import AdditionStep

if TYPE_CHECKING:
    from bot.client import OnTheRecord

LARGEST = 10
"""Megabytes that an attachment may have."""

_MEGABYTE = 1024 * 1024
_REASON = 300


class Remove(Pressed, template=rf"{REMOVE}:(?P<row>\d{{1,18}})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.turn()
            additions, run = bot.community.additions, bot.community.worker.run
            article = await run(partial(additions.article, owner, int(self.match["row"])))
            if article is None or not await run(partial(additions.remove, owner, article.id)):
                raise Stale
            await reply.tell(removed_card(article))
            await bot.desk.read_names()


class Restore(Pressed, template=rf"{RESTORE}:(?P<article>.+)"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.turn()
            undo = partial(bot.community.additions.restore, owner, self.match["article"])
            if not await bot.community.worker.run(undo):
                raise Stale
            await reply.tell(notice(_("The article is back."), Tone.CERTAIN))
            await bot.desk.read_names()


class TurnShelf(Pressed, template=rf"{TURN}:(?P<page>\d{{1,6}})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            owner = own(bot, interaction.guild_id)
            await reply.turn()
            await reply.tell(await _shelf(bot, owner, int(self.match["page"])))


@app_commands.guild_only
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Archive(commands.GroupCog, name="archive", description="What this server adds to the archive, for itself alone"):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(Remove, Restore, TurnShelf)

    @app_commands.command(description="Add an article: a file or an address. This server alone will see it")
    @app_commands.describe(
        file="A text, a saved page, Markdown or JSON Lines", address="Where the article stands: https://…"
    )
    async def add(
        self,
        interaction: discord.Interaction["OnTheRecord"],
        file: discord.Attachment | None = None,
        address: app_commands.Range[str, 8, 2000] | None = None,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.defer(private=True)
            steps = await self._steps(file, address, owner)

            async def show(progress: Progress) -> None:
                await reply.tell(progress_card(progress))

            await show(Progress())
            try:
                progress = await carry_out(steps, self.bot.community.adding, show)
            except (FetchError, ReadError) as error:
                reason = fit_line(reason_told(error.reason), _REASON)
                raise Refused(_("I could not read that address: {reason}", reason=reason)) from error
            await reply.tell(added_card(progress))
            await self.bot.desk.read_names()

    async def _steps(
        self, file: discord.Attachment | None, address: str | None, owner: str
    ) -> Callable[[], Iterator[AdditionStep]]:
        additions = self.bot.community.additions
        if (file is None) == (address is None):
            raise Refused(_("Give me one thing to add: a file or an address."))
        if file is None:
            return partial(additions.add_address, address or "", owner)
        if file.size > LARGEST * _MEGABYTE:
            raise Refused(_("That file is too large. I take {most} MB.", most=number(LARGEST)))
        return partial(additions.add_file, await file.read(), file.filename, owner)

    @app_commands.command(description="Remove an article that this server added")
    @app_commands.describe(title="Its title")
    async def remove(self, interaction: discord.Interaction["OnTheRecord"], title: str) -> None:
        async with self.bot.answering(interaction) as reply:
            owner = _owner(interaction)
            await reply.defer(private=True)
            article, _quotations = await self.bot.desk.article(title, frozenset({owner}))
            row = await self.bot.community.worker.run(partial(self.bot.community.additions.row, owner, article.id))
            if row is None:
                raise Stale
            await reply.tell(confirmation_card(article, row))

    @remove.autocomplete("title")
    async def _titles(
        self, interaction: discord.Interaction["OnTheRecord"], typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices(self.bot.desk.titles.suggest(typed, {own(self.bot, interaction.guild_id)}))

    @app_commands.command(name="list", description="See what this server has added")
    async def list_articles(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            owner = own(self.bot, interaction.guild_id)
            await reply.defer(private=True)
            await reply.tell(await _shelf(self.bot, owner, 0))

    @app_commands.command(description="See how much there is, and whether something is being added")
    async def status(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            owner = own(self.bot, interaction.guild_id)
            await reply.defer(private=True)
            additions, run = self.bot.community.additions, self.bot.community.worker.run
            mine, common = await run(partial(additions.count, owner)), await run(partial(additions.count, OPERATOR))
            since, busy = await run(additions.held_since), self.bot.community.adding.busy
            await reply.tell(status_card(mine, common, additions.most, since=since, busy=busy))


def _owner(interaction: discord.Interaction[Any]) -> str:
    """Who owns what this person may add and remove. Raises Refused."""
    bot: OnTheRecord = interaction.client
    owner = own(bot, interaction.guild_id)
    if not may_add(interaction, bot.community.servers.of(interaction.guild_id)):
        raise Refused(_("That takes somebody who manages this server, or who has been given leave in its settings."))
    return owner


async def _shelf(bot: "OnTheRecord", owner: str, page: int) -> Any:
    additions, run = bot.community.additions, bot.community.worker.run
    listed = await run(partial(additions.listing, owner, page * PAGE, PAGE))
    return shelf_card(listed, await run(partial(additions.count, owner)), page)
