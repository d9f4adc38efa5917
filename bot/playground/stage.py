"""simcord's environment on the wall clock, and with no bot attached to it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord
from simcord._clock import Clock
from simcord.backend import Backend
from simcord.backend.cdn import CdnStore
from simcord.env import Env

ATTACHMENTS = "https://cdn.discordapp.com/attachments"
"""Where Discord keeps what people attach."""

ACKNOWLEDGED_WITHIN = 3.0
"""Seconds that Discord gives a bot to answer an interaction at all."""


class ChangeSignal:
    """Wakes everybody who waits each time that something happened."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def note(self, *_: Any) -> None:
        """Wake all that wait."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        """Wait until something happens."""
        await self._next.wait()

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """TimeoutError if it isn't true after that many seconds."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self.wait()


class _WallClock(Clock):  # type: ignore[misc]
    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._started

    def now(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        raise NotImplementedError(f"the wall clock can't be moved by {seconds} s")


class _AttachmentStore(CdnStore):  # type: ignore[misc]
    """Keeps attachments at addresses that lead through the bot's sockets."""

    def store_attachment(
        self, attachment_id: int, channel_id: int, filename: str, data: bytes, description: str | None
    ) -> dict[str, Any]:
        stored = dict(super().store_attachment(attachment_id, channel_id, filename, data, description))
        address = f"{ATTACHMENTS}/{channel_id}/{attachment_id}/{filename}"
        self._blobs[address] = self._blobs.pop(stored["url"])
        return stored | {"url": address, "proxy_url": address}


class Stage(Env):  # type: ignore[misc]
    """Settling means waiting for the bot's real answer."""

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents.none()))
        self.backend = Backend(clock=_WallClock())
        self.backend.cdn = _AttachmentStore()
        self._loop = asyncio.get_running_loop()
        self._started = True
        self._generation = 1  # the page refuses to act for a bot that was never started
        self.changes = ChangeSignal()
        self.backend.subscribers.append(self.changes.note)

    def _begin_operation(self, label: str) -> None:
        """Nothing is exclusive: the person may do something while the bot still thinks about what came before."""

    def _end_operation(self) -> None:
        pass

    async def _settle_internal(self, *, dispatch: str | None = None, **_: Any) -> None:
        if dispatch != "INTERACTION_CREATE":
            return
        interaction = self.backend.interactions[max(self.backend.interactions)]
        with suppress(TimeoutError):
            await self.changes.until(lambda: bool(interaction.responded), ACKNOWLEDGED_WITHIN)
