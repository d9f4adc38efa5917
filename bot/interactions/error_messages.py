"""What a person is told for each error."""

import errno
from dataclasses import dataclass

import aiohttp
import discord
from discord import app_commands

from bot.cards.correction import note
from bot.errors import Busy, Corrected, Refused, ShuttingDown, Stale, TooFast, TookTooLong
from bot.locales import N_, _
from retrieval.errors import ArchiveBusy, ArchiveDamaged, DiskFull, ModelError, NotFound

_GONE = frozenset(
    {
        10003,  # unknown channel
        10008,  # unknown message
        10015,  # unknown webhook: the answer came after fifteen minutes
        10062,  # unknown interaction: acknowledged too late
        40060,  # acknowledged already
        50027,  # the interaction's token has died
    }
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person is told: Markdown. `ours` says that something is broken, and logged with a reference."""

    text: str
    ours: bool = True


_TABLE: tuple[tuple[type[BaseException], str], ...] = (
    (
        TookTooLong,
        N_("That took too long, so I gave up. Please try again in a moment, or ask for something narrower."),
    ),
    (ShuttingDown, N_("I am being restarted. Please ask again in a minute.")),
    (Stale, N_("Those words are no longer in the archive, have changed since, or can't be seen from here.")),
    (NotFound, N_("The archive doesn't have that any more.")),
    (
        app_commands.CommandNotFound,
        N_("I don't know that command any more. Reload Discord to see those that I know."),
    ),
    (
        discord.Forbidden,
        N_(
            "I was asked something where I may not write. Whoever runs the server can allow me to view that channel "
            "and to send messages there."
        ),
    ),
    (ArchiveBusy, N_("The archive is being worked on at the moment. Please try again in a minute.")),
    (ArchiveDamaged, N_("The archive can't be read at the moment. Whoever runs me has to repair it.")),
    (ModelError, N_("The model that finds answers isn't working. Whoever runs me has to look into it.")),
)
_TOO_FAST = {
    "person": N_("You have asked a lot in a short time. Please come back {moment}."),
    "guild": N_("This server has asked a lot in a short time. Please come back {moment}."),
}
_NOT_OURS = (
    TookTooLong,
    ShuttingDown,
    Stale,
    NotFound,
    ArchiveBusy,
    app_commands.CommandNotFound,
    discord.Forbidden,
)
_UNEXPECTED = N_("Something went wrong on my side, so I have no answer.")


def cause(error: BaseException) -> BaseException:
    """Return the error that discord.py wraps."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def gone(error: BaseException) -> bool:
    """Return whether what should be answered isn't there any more, so that nobody can be told."""
    return isinstance(error, discord.HTTPException) and error.code in _GONE


def explain(error: BaseException) -> Explanation:
    """Return what a person is told of an error, in the language that is spoken."""
    if particular := _particular(error):
        return particular
    text = next((text for kind, text in _TABLE if isinstance(error, kind)), _UNEXPECTED)
    return Explanation(_(text), not isinstance(error, _NOT_OURS))


def _particular(error: BaseException) -> Explanation | None:
    """Return what can't be told by the class of the error alone."""
    match error:
        case Busy():
            waiting = _("Many questions are waiting. Please try again in about {seconds} s.", seconds=error.seconds)
            return Explanation(waiting, ours=False)
        case TooFast():
            return Explanation(_(_TOO_FAST[error.whose], moment=f"<t:{error.until}:R>"), ours=False)
        case Refused() | Corrected():
            text = note(error.standing) if isinstance(error, Corrected) else str(error)
            return Explanation(text, ours=False)
        case DiskFull() | OSError(errno=errno.ENOSPC):
            return Explanation(_("The disk that I keep the archive on is full. Whoever runs me has to make room."))
        case discord.DiscordServerError() | aiohttp.ClientConnectionError():
            return Explanation(_("Discord has trouble at the moment. Please try again in a minute."))
    return None
