"""Threads, where a guild wants conversations in them."""

from typing import Any

import discord

from bot.cards.escaping import visible
from bot.cards.limits import THREAD, clip
from bot.errors import Refused
from bot.locales import _

_EXISTS = 160004  # Discord's code: the message has a thread already


def can_have_thread(channel: Any) -> bool:
    """Return whether threads can be opened in a channel."""
    return isinstance(channel, discord.TextChannel)  # an announcement channel is one too


def thread_name(text: str) -> str:
    """Return a thread's name from a question or a title: plain text, for Discord shows no Markdown there."""
    return clip(" ".join(visible(text).split()), THREAD, "…") or "…"


async def open_thread(message: discord.Message, name: str) -> discord.Thread:
    """Open a thread below a message. Raises Refused where the bot may not, or there is one already."""
    try:
        return await message.create_thread(name=name)
    except discord.Forbidden:
        raise not_allowed() from None
    except discord.HTTPException as error:
        if error.code == _EXISTS:
            raise Refused(_("There is a thread already.")) from None
        raise


def not_allowed() -> Refused:
    """Return the error for a guild where the bot may not open threads."""
    return Refused(_("I may not open threads here. Whoever runs the server can allow me to create public threads."))
