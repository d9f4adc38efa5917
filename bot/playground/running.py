"""The playground as a whole: the loopback Discord, and the real bot on it as a process of its own."""

import asyncio
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.certificate import make_certificate
from bot.playground.gateway import HEARTBEAT_INTERVAL
from bot.playground.rest import Exchange
from bot.playground.server import Loopback, loopback_discord
from retrieval.errors import ArchiveError

STARTS_WITHIN = 90.0  # seconds; loading the models takes most of it
ENDS_WITHIN = 10.0


class BotEnded(ArchiveError):
    """The bot's process ended by itself."""


@dataclass(frozen=True, slots=True)
class Playground:
    """A loopback Discord and the process of the bot on it."""

    discord: Loopback
    bot: asyncio.subprocess.Process

    async def until_bot_ends(self) -> None:
        """Returns by raising BotEnded, never otherwise."""
        status = await self.bot.wait()
        raise BotEnded(f"the bot ended with status {status}; what it said stands above")


@asynccontextmanager
async def running_playground(
    data: Path,
    *,
    record: Callable[[Exchange], None] = lambda _: None,
    heartbeat: float = HEARTBEAT_INTERVAL,
    temporary: bool = False,
) -> AsyncIterator[Playground]:
    """Ready to be asked when it yields. Raises BotEnded, or TimeoutError if the bot isn't ready within 90 s.

    `temporary` says that the bot should take `data` away if it finds itself alone.
    """
    token = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="ontherecord-certificate-") as folder:
        certificate = make_certificate(Path(folder))
        async with loopback_discord(certificate, token=token, record=record, heartbeat=heartbeat) as discord:
            leftovers = [Path(folder), data] if temporary else [Path(folder)]
            bot = await _start_bot(discord.port, certificate.certificate, data, token, leftovers)
            playground = Playground(discord, bot)
            try:
                await _first(_ready(discord), playground.until_bot_ends())
                yield playground
            finally:
                await _end(bot)


async def _start_bot(
    port: int, certificate: Path, data: Path, token: str, temporary: Sequence[Path]
) -> asyncio.subprocess.Process:
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.playground.process"),
        *("--port", str(port), "--certificate", str(certificate), "--data", str(data)),
        *(f"--temporary={folder}" for folder in temporary),
        stdin=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches the playground alone, which then ends the bot
    )
    assert bot.stdin is not None
    bot.stdin.write(f"{token}\n".encode())
    await bot.stdin.drain()
    return bot


async def _ready(discord: Loopback) -> None:
    async with asyncio.timeout(STARTS_WITHIN):
        await discord.gateway.ready.wait()
        await discord.world.until(lambda: "ask" in discord.world.commands(), STARTS_WITHIN)


async def _first(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Waits for the one that ends first, raises what it raised, and cancels the others."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


async def _end(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is not None:
        return
    bot.terminate()
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await bot.wait()
    except TimeoutError:
        bot.kill()
        await bot.wait()
