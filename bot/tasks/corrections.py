"""Tells of answers that were shown what has become of their words. Whatever process changed an article, the archive
says so; what was told is noted there too, so that a restart loses nothing and nothing is told twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.cards.correction import with_notes
from bot.cards.limits import LimitExceeded
from bot.interactions.errors import BotError
from bot.interactions.replies import NO_PINGS
from bot.locales import ENGLISH, speaking
from retrieval.answering.posted_answers import OutdatedMessage
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from bot.client import OnTheRecord

INTERVAL = 60.0
"""Seconds between two looks."""


class Outcome(Enum):
    TOLD = auto()
    IMPOSSIBLE = auto()
    LATER = auto()


log = structlog.get_logger(__name__)


@asynccontextmanager
async def correcting(bot: "OnTheRecord") -> AsyncIterator[None]:
    """Inside, messages are kept true."""
    running = asyncio.create_task(Correcting(bot).run())
    try:
        yield
    finally:
        running.cancel()


class Correcting:
    def __init__(self, bot: "OnTheRecord", interval: float = INTERVAL) -> None:
        self._bot = bot
        self._interval = interval
        self._failed: frozenset[int] = frozenset()  # the messages that Discord had trouble with at the last look

    async def run(self) -> None:
        """Until it is cancelled. What fails is logged, and tried again at the next look."""
        await self._bot.wait_until_ready()
        while True:
            try:
                await self.look()
            except (ArchiveError, BotError) as error:
                log.warning("correcting_failed", reason=str(error))
            except Exception as error:  # whatever a message holds, the next look comes
                log.error("correcting_failed", exc_info=error)
            await asyncio.sleep(self._interval)

    async def look(self) -> None:
        """Once: at every message whose words have changed since. Those that Discord had trouble with come last."""
        failed = await self._tell_all(self._failed)
        self._failed = failed | await self._tell_all(failed)

    async def _tell_all(self, waiting: frozenset[int]) -> frozenset[int]:
        """All but the messages in `waiting`. Returns those that must be tried again."""
        run, shown = self._bot.desk.worker.run, self._bot.shown
        later: set[int] = set()
        while due := await run(partial(shown.due, waiting | later)):
            for each in due:
                match await self._tell(each):
                    case Outcome.TOLD:
                        await run(partial(shown.told, each))
                    case Outcome.IMPOSSIBLE:
                        await run(partial(shown.forget, each.message))
                    case Outcome.LATER:
                        later.add(each.message)
        return frozenset(later)

    async def _tell(self, due: OutdatedMessage) -> Outcome:
        """As the bot's own message, for an interaction's token dies after fifteen minutes."""
        channel = self._bot.get_partial_messageable(due.channel, guild_id=due.guild)
        try:
            message = await channel.fetch_message(due.message)
            with speaking(self._language(due.guild)):
                await message.edit(view=with_notes(message, due.statuses), allowed_mentions=NO_PINGS)
        except (discord.HTTPException, LimitExceeded, aiohttp.ClientError) as error:
            log.info("correction_not_told", message=due.message, reason=str(error))
            return _outcome(error)
        return Outcome.TOLD

    def _language(self, server: int | None) -> str:
        guild = self._bot.get_guild(server) if server is not None else None
        usual = guild.preferred_locale.value if guild else ENGLISH
        return self._bot.community.servers.of(server).language or usual


def _outcome(error: Exception) -> Outcome:
    """A message that is gone, that the bot may not see any more, or that no note fits into, is given up."""
    refused = isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429
    return Outcome.IMPOSSIBLE if refused or isinstance(error, LimitExceeded) else Outcome.LATER
