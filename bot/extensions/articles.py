"""/article, and the buttons beside cited words: their context, what else was said, why a speaker is unsure."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import doubt_card, more_card, others_card, surroundings_card
from bot.cards.dialogue.timeline import article_card, near_titles_card
from bot.cards.references import ALL_PATTERN, LEAF_PATTERN, OTHERS, PATTERN, parse, parse_all
from bot.interactions.autocomplete import titles
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton
from bot.services.visibility import visible_owners


class ArticlePageButton(PersistentButton, template=LEAF_PATTERN):
    """Turns to another page of an article's quotations."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.turn()
            article, quotations = await bot.services.queries.article(
                self.match["article"], visible_owners(bot, interaction.guild_id)
            )
            await reply.show(article_card(article, quotations, int(self.match["page"])))


class SurroundingsButton(PersistentButton, template=rf"around:(?P<reference>{PATTERN})"):
    """Shows what surrounds the cited words."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            citation = await bot.services.queries.look_up(
                parse(self.match["reference"]), visible_owners(bot, interaction.guild_id)
            )
            await reply.show(surroundings_card(citation))


class MoreButton(PersistentButton, template=rf"more:(?P<reference>{PATTERN})"):
    """Shows more quotations of the same speaker in the article."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            known, others = await bot.services.queries.more(
                parse(self.match["reference"]), visible_owners(bot, interaction.guild_id)
            )
            await reply.show(more_card(known, others))


class WhyButton(PersistentButton, template=rf"why:(?P<reference>{PATTERN})"):
    """Tells why it isn't certain who said the words."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            citation = await bot.services.queries.look_up(
                parse(self.match["reference"]), visible_owners(bot, interaction.guild_id)
            )
            await reply.tell(doubt_card(citation))


class OthersButton(PersistentButton, template=rf"{OTHERS}:(?P<references>{ALL_PATTERN})"):
    """Shows what was found further from the question."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            found = await bot.services.queries.look_up_all(
                parse_all(self.match["references"]), visible_owners(bot, interaction.guild_id)
            )
            await reply.show(others_card(found))


class ArticleCog(commands.Cog):
    """Offers /article."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="Look an article up, with its quotations")
    @app_commands.describe(title="Its title, or a part of it", private="Show it to you alone")
    @app_commands.autocomplete(title=titles)
    async def article(
        self, interaction: discord.Interaction[BotInterface], title: str, private: bool | None = None
    ) -> None:
        """Answer /article."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=private)
            owners = visible_owners(self.bot, interaction.guild_id)
            titles = await self.bot.services.queries.titles_like(title, owners)
            if len(titles) == 1:
                await reply.show(article_card(*await self.bot.services.queries.article(titles[0], owners)))
            else:
                await reply.tell(near_titles_card(titles))


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(ArticleCog(bot))
    bot.add_dynamic_items(ArticlePageButton, SurroundingsButton, MoreButton, WhyButton, OthersButton)
