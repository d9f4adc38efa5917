"""Long work with progress: articles are added on a thread of its own, and somebody is told how far it is."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

import discord

from bot.worker import Worker
from retrieval.communities.additions import Reading, Step, Waiting
from retrieval.ingest import Failed, Skipped, Stored

PAUSE = 2.0
"""Seconds between two changes of a message."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`articles` is 0 until it is known how many there are; `waiting` while another process holds the archive."""

    articles: int = 0
    stored: tuple[Stored, ...] = ()
    skipped: int = 0
    failures: tuple[Failed, ...] = ()
    waiting: Waiting | None = None

    @property
    def done(self) -> int:
        return len(self.stored) + self.skipped + len(self.failures)

    def after(self, step: Step) -> "Progress":
        match step:
            case Reading(articles):
                return replace(self, articles=articles)
            case Waiting():
                return replace(self, waiting=step)
            case Stored():
                return replace(self, waiting=None, stored=(*self.stored, step))
            case Skipped():
                return replace(self, waiting=None, skipped=self.skipped + 1)
            case Failed():
                return replace(self, waiting=None, failures=(*self.failures, step))


async def carry_out(
    steps: Callable[[], Iterator[Step]],
    worker: Worker,
    show: Callable[[Progress], Awaitable[None]],
    pause: float = PAUSE,
) -> Progress:
    """Everything that `steps` does, and what came of it. Meanwhile `show` is called, now and then.

    Raises what the steps and the worker raise; then the work ends with the step that it is at.
    """
    loop, abandoned = asyncio.get_running_loop(), threading.Event()
    progress, shown = Progress(), Progress()

    def note(step: Step) -> None:
        nonlocal progress
        progress = progress.after(step)

    def work() -> None:
        for step in steps():
            if abandoned.is_set():
                return
            loop.call_soon_threadsafe(note, step)

    working = asyncio.ensure_future(worker.run(work))
    try:
        while not (await asyncio.wait([working], timeout=pause))[0]:
            if progress != shown:
                shown = progress
                with contextlib.suppress(discord.HTTPException):
                    await show(progress)
        await working
        return progress
    finally:
        abandoned.set()
