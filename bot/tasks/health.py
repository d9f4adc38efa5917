"""Health of a running bot: it touches a file while connected to Discord; `python -m bot.tasks.health` looks at it.

With `--end`, for containers, it also ends a bot that hasn't been healthy for so long that it must be stuck: whatever
started the bot then starts it anew.
"""

import asyncio
import os
import signal
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

STUCK = LOST + 300.0
"""Seconds after which a bot that is neither healthy nor has ended by itself is ended."""


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


def stuck_bots(file: Path, now: float, processes: Path = Path("/proc")) -> list[int]:
    """Return the ids of the bots that have run for longer than STUCK, if none has touched the file for as long.

    Other commands, which run in containers with the same health check, aren't among them.
    """
    if file.exists() and abs(now - file.stat().st_mtime) < STUCK:
        return []
    up = float((processes / "uptime").read_text("ascii").split()[0])
    found = [int(folder.name) for folder in processes.iterdir() if folder.name.isdigit() and _is_bot(folder)]
    return [number for number in found if up - _started(processes / str(number)) > STUCK]


def _is_bot(folder: Path) -> bool:
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended
        return False
    return words[1:3] == [b"-m", b"bot"] or (words[2:3] == [b"bot"] and words[1].endswith(b"ontherecord"))


def _started(folder: Path) -> float:
    """Return when a process was started, in seconds since the machine was."""
    fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return int(fields[19]) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """End with an error if the bot of the configured data folder isn't connected; `--end` ends one that is stuck."""
    file = load().data / FILE
    if well(file, time.time()):
        return
    for number in stuck_bots(file, time.time()) if "--end" in sys.argv[1:] else ():
        os.kill(number, signal.SIGKILL)
    sys.exit("the bot isn't connected to Discord")


if __name__ == "__main__":
    main()
