"""Who may see what: a server sees the operator's articles and its own, everybody else the operator's alone."""

import discord

from bot.interactions.errors import Refused
from bot.locales import _
from retrieval.domain import OPERATOR, Filters


def owners(client: discord.Client, guild: int | None) -> frozenset[str]:
    """A server counts only while the bot is its member: a person's own install works in other servers too."""
    member = guild is not None and client.get_guild(guild) is not None
    return frozenset({OPERATOR, f"guild:{guild}"} if member else {OPERATOR})


def own(client: discord.Client, guild: int | None) -> str:
    """The owner of what a server adds. Raises Refused where the bot isn't its member."""
    if guild is None or client.get_guild(guild) is None:
        raise Refused(_("That is for servers that I am a member of."))
    return f"guild:{guild}"


def filters(client: discord.Client, guild: int | None) -> Filters:
    return Filters(owners(client, guild))
