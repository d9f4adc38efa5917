"""Long work with progress: articles are added on a thread of its own, and somebody is told how far it is."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import discord

from bot.services.worker import Worker
from retrieval.guilds.additions import AdditionStarted, AdditionStep, WaitingForIngest
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, ArticleStored
from retrieval.reasons import Reason

PAUSE = 2.0
"""Seconds between two changes of a message."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`articles` is 0 until it is known how many there are; `waiting` while another process holds the archive.

    `kept_away` counts those that somebody removed and that aren't let in.
    """

    articles: int = 0
    stored: tuple[ArticleStored, ...] = ()
    skipped: int = 0
    failures: tuple[ArticleFailed, ...] = ()
    waiting: WaitingForIngest | None = None
    kept_away: int = 0

    @property
    def done(self) -> int:
        return len(self.stored) + self.skipped + self.kept_away + len(self.failures)

    def after(self, step: AdditionStep) -> "Progress":
        match step:
            case AdditionStarted(articles):
                return replace(self, articles=articles)
            case WaitingForIngest():
                return replace(self, waiting=step)
            case ArticleStored():
                return replace(self, waiting=None, stored=(*self.stored, step))
            case ArticleSkipped(reason=Reason()):
                return replace(self, waiting=None, kept_away=self.kept_away + 1)
            case ArticleSkipped():
                return replace(self, waiting=None, skipped=self.skipped + 1)
            case ArticleFailed():
                return replace(self, waiting=None, failures=(*self.failures, step))


async def carry_out(
    steps: Callable[[], Iterator[AdditionStep]],
    worker: Worker,
    show: Callable[[Progress], Awaitable[None]],
    pause: float = PAUSE,
) -> Progress:
    """Everything that `steps` does, and what came of it. Meanwhile `show` is called, now and then.

    Raises what the steps and the worker raise; then the work ends with the step that it is at.
    """
    feed = _Feed(asyncio.get_running_loop())
    working = asyncio.ensure_future(worker.run(partial(feed.follow, steps)))
    shown = feed.progress
    try:
        while not (await asyncio.wait([working], timeout=pause))[0]:
            if feed.progress != shown:
                shown = feed.progress
                with contextlib.suppress(discord.HTTPException):
                    await show(shown)
        await working
        return feed.progress
    finally:
        feed.abandoned.set()


class _Feed:
    """From the thread that works to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.progress = Progress()
        self.abandoned = threading.Event()
        self._loop = loop

    def follow(self, steps: Callable[[], Iterator[AdditionStep]]) -> None:
        for step in steps():
            if self.abandoned.is_set():
                return
            self._loop.call_soon_threadsafe(self._note, step)

    def _note(self, step: AdditionStep) -> None:
        self.progress = self.progress.after(step)
