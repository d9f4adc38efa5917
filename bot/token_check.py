"""The check of the token with Discord, before the models are loaded."""

import aiohttp
from discord.http import Route

from bot.token import TokenError
from retrieval.errors import ArchiveError

WITHIN = 10.0
"""Seconds that Discord gets to say whose token it is."""

REFUSED = "Discord refuses the token; it may have been reset since: get a new one there"
_UNAUTHORISED = 401
_USER_AGENT = "DiscordBot (https://github.com/Rapptz/discord.py, 2)"
_TIMEOUT = aiohttp.ClientTimeout(WITHIN)


async def check_token(token: str, connector: aiohttp.BaseConnector | None = None) -> None:
    """Ask Discord whose token it is. Raises TokenError if it refuses it, ArchiveError if it can't be reached.

    Another answer, or none in time, is left to the connection that follows, which is tried again and again.
    """
    if not token.isascii() or not token.isprintable():
        raise TokenError(REFUSED)
    headers = {"Authorization": f"Bot {token}", "User-Agent": _USER_AGENT}
    asking = aiohttp.ClientSession(connector=connector, connector_owner=connector is None)
    try:
        async with (
            asking as session,
            session.get(f"{Route.BASE}/users/@me", headers=headers, timeout=_TIMEOUT) as found,
        ):
            if found.status == _UNAUTHORISED:
                raise TokenError(REFUSED)
    except aiohttp.ClientConnectionError as error:
        raise unreachable(error) from error
    except TimeoutError:
        return


def unreachable(error: Exception) -> ArchiveError:
    """Return the error that says that Discord can't be reached."""
    return ArchiveError(f"Discord can't be reached from this machine: {error}")
