"""Who may see what: a guild sees the operator's articles and its own, everybody else the operator's alone."""

import discord

from bot.errors import Refused
from bot.locales import _
from retrieval.domain import OPERATOR, Filters


def visible_owners(client: discord.Client, guild: int | None) -> frozenset[str]:
    """Return the owners whose articles may be seen in a guild, or outside of one.

    A guild counts only while the bot is its member: a person's own install works in other guilds too.
    """
    member = guild is not None and client.get_guild(guild) is not None
    return frozenset({OPERATOR, f"guild:{guild}"} if member else {OPERATOR})


def guild_owner(client: discord.Client, guild: int | None) -> str:
    """Return the owner of what a guild adds. Raises Refused where the bot isn't its member."""
    if guild is None or client.get_guild(guild) is None:
        raise Refused(_("That is for servers that I am a member of."))
    return f"guild:{guild}"


def visible_filters(client: discord.Client, guild: int | None) -> Filters:
    """Return filters that let through what may be seen there."""
    return Filters(visible_owners(client, guild))
