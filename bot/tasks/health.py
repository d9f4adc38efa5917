"""Health of a running bot: it touches a file while connected to Discord; `python -m bot.tasks.health` looks at it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import discord

from bot.tasks.loops import every, running
from config.settings import load

FILE = "bot.alive"
BEAT = 15.0
STALE = 60.0
"""Seconds between two touches, and seconds after the last one in which the bot counts as well."""

LOST = 900.0
"""Seconds without a connection to Discord after which the bot ends, to be started anew."""


class Pulse:
    """Keeps a file fresh while the bot is connected. `lost` says that it wasn't connected for too long."""

    def __init__(self, bot: discord.AutoShardedClient, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._file = file
        self._clock = clock
        self._connected = clock()
        self.lost = False

    async def beat(self) -> None:
        """Touch the file; close the bot if it hasn't been connected for too long."""
        if self._bot.is_ready() and not any(shard.is_closed() for shard in self._bot.shards.values()):
            self._connected = self._clock()
            await asyncio.to_thread(self._file.touch)
        elif self._clock() - self._connected > LOST:
            self.lost = True
            await self._bot.close()

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """Beat inside; at the end the file is removed."""
        try:
            async with running(every(BEAT, self.beat, failed="health_not_written")):
                yield
        finally:
            await asyncio.to_thread(self._file.unlink, missing_ok=True)


def well(file: Path, now: float) -> bool:
    """Return whether the bot was connected a moment ago; `now` is in seconds since the epoch."""
    try:
        return abs(now - file.stat().st_mtime) < STALE  # a clock may be set back
    except OSError:
        return False


def main() -> None:
    """End with an error if the bot of the configured data folder isn't connected."""
    if not well(load().data / FILE, time.time()):
        sys.exit("the bot isn't connected to Discord")


if __name__ == "__main__":
    main()
