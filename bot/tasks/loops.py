"""Loops of discord.ext.tasks that survive what fails, and a clock that is set back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import structlog
from discord.ext import tasks
from discord.utils import MISSING

from bot.errors import BotError
from retrieval.errors import ArchiveError

log = structlog.get_logger(__name__)

Work = Callable[[], Coroutine[Any, Any, None]]


class SteadyLoop(tasks.Loop[Any]):
    """A loop that sleeps for its interval after each run began, whatever the wall clock does meanwhile.

    discord.py counts from the planned moment of the run before, so a clock set back by an hour would pause it so long.
    """

    def _get_next_sleep_time(self, now: datetime = MISSING) -> datetime:
        return (datetime.now(UTC) if now is MISSING else now) + timedelta(seconds=self._sleep)


def every(seconds: float, work: Work, *, failed: str, first: Work | None = None) -> SteadyLoop:
    """Return a loop that runs `work` every so many seconds, once `first` is done.

    What fails is logged as the event `failed`, and tried again in the next run.
    """

    async def run() -> None:
        try:
            await work()
        except (ArchiveError, BotError, discord.HTTPException, OSError) as error:
            log.warning(failed, reason=str(error))
        except Exception as error:  # whatever goes wrong in one run, the next one comes
            log.error(failed, exc_info=error)

    loop = SteadyLoop(run, seconds, 0, 0, MISSING, None, False, None)
    if first is not None:
        loop.before_loop(first)
    return loop


@asynccontextmanager
async def running(*loops: SteadyLoop) -> AsyncIterator[None]:
    """Run the loops inside; at the end they are cancelled and awaited."""
    started = [loop.start() for loop in loops]
    try:
        yield
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*started, return_exceptions=True)
