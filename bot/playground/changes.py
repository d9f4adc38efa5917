"""Waiting for something to happen, without asking again and again."""

import asyncio
from collections.abc import Callable
from typing import Any


class Changes:
    """Wakes everybody who waits each time that something happened."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def note(self, *_: Any) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        await self._next.wait()

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """TimeoutError if it isn't true after that many seconds."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self.wait()
