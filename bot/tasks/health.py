"""Health of a running bot: it touches a file while connected to Discord; `python -m bot.tasks.health` looks at it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord

from config.settings import load

FILE = "bot.alive"
BEAT = 15.0
STALE = 60.0
"""Seconds between two touches, and seconds after the last one in which the bot counts as well."""


@asynccontextmanager
async def pulsing(bot: discord.AutoShardedClient, file: Path) -> AsyncIterator[None]:
    """Inside, the file is kept fresh; at the end it is removed."""
    beating = asyncio.create_task(_beat(bot, file))
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.to_thread(file.unlink, missing_ok=True)


async def _beat(bot: discord.AutoShardedClient, file: Path) -> None:
    while True:
        if bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values()):
            await asyncio.to_thread(file.touch)
        await asyncio.sleep(BEAT)


def well(file: Path, now: float) -> bool:
    """`now` in seconds since the epoch."""
    try:
        return now - file.stat().st_mtime < STALE
    except OSError:
        return False


def main() -> None:
    if not well(load().data / FILE, time.time()):
        sys.exit("the bot isn't connected to Discord")


if __name__ == "__main__":
    main()
