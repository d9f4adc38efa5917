"""Suggestions while a person types: names of what may be seen from there, and of nothing else."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.services.visibility import visible_owners

Choices = list[app_commands.Choice[str]]


async def speakers(interaction: discord.Interaction[Any], typed: str) -> Choices:
    """Suggest names of speakers."""
    names = interaction.client.services.queries.speakers
    return choices(names.suggest(typed, visible_owners(interaction.client, interaction.guild_id)))


async def publishers(interaction: discord.Interaction[Any], typed: str) -> Choices:
    """Suggest names of publishers."""
    names = interaction.client.services.queries.publishers
    return choices(names.suggest(typed, visible_owners(interaction.client, interaction.guild_id)))


async def titles(interaction: discord.Interaction[Any], typed: str) -> Choices:
    """Suggest titles of articles."""
    names = interaction.client.services.queries.titles
    return choices(names.suggest(typed, visible_owners(interaction.client, interaction.guild_id)))


def choices(names: Iterable[str]) -> Choices:
    """Return names as Discord's choices."""
    return [app_commands.Choice(name=name, value=name) for name in names]
