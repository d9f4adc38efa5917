"""Health of a running bot: it touches a file while connected to Discord; `python -m bot.tasks.health` looks at it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord

from bot.tasks.loops import every, running
from config.settings import load

FILE = "bot.alive"
BEAT = 15.0
STALE = 60.0
"""Seconds between two touches, and seconds after the last one in which the bot counts as well."""


@asynccontextmanager
async def pulsing(bot: discord.AutoShardedClient, file: Path) -> AsyncIterator[None]:
    """Keep the file fresh inside, while the bot is connected; at the end the file is removed."""

    async def beat() -> None:
        if bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values()):
            await asyncio.to_thread(file.touch)

    try:
        async with running(every(BEAT, beat, failed="health_not_written")):
            yield
    finally:
        await asyncio.to_thread(file.unlink, missing_ok=True)


def well(file: Path, now: float) -> bool:
    """Return whether the bot was connected a moment ago; `now` is in seconds since the epoch."""
    try:
        return now - file.stat().st_mtime < STALE
    except OSError:
        return False


def main() -> None:
    """End with an error if the bot of the configured data folder isn't connected."""
    if not well(load().data / FILE, time.time()):
        sys.exit("the bot isn't connected to Discord")


if __name__ == "__main__":
    main()
