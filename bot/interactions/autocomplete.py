"""What is suggested while somebody types: names of what may be seen from there, and of nothing else."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.services.name_directory import choices
from bot.services.visibility import owners

if TYPE_CHECKING:
    from bot.client import OnTheRecord

Choices = list[app_commands.Choice[str]]


async def speakers(interaction: discord.Interaction["OnTheRecord"], typed: str) -> Choices:
    bot = interaction.client
    return choices(bot.desk.speakers.suggest(typed, owners(bot, interaction.guild_id)))


async def publishers(interaction: discord.Interaction["OnTheRecord"], typed: str) -> Choices:
    bot = interaction.client
    return choices(bot.desk.publishers.suggest(typed, owners(bot, interaction.guild_id)))


async def titles(interaction: discord.Interaction["OnTheRecord"], typed: str) -> Choices:
    bot = interaction.client
    return choices(bot.desk.titles.suggest(typed, owners(bot, interaction.guild_id)))
