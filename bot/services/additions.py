"""Articles that a guild adds for itself, with progress while they are read and stored."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import discord

from bot.cards.guild_archive import AdditionProgress, AdditionStatus
from bot.services.worker import Worker
from retrieval.domain import OPERATOR, Article
from retrieval.guilds.additions import AdditionStep, GuildAdditions, GuildArticle

PAUSE = 2.0
"""Seconds between two changes of a message."""

ShowProgress = Callable[[AdditionProgress], Awaitable[None]]
Steps = Callable[[], Iterator[AdditionStep]]


class AdditionService:
    """Coroutines over a guild's own archive. `worker` runs what is quick, `adding` what takes minutes."""

    def __init__(self, additions: GuildAdditions, worker: Worker, adding: Worker) -> None:
        self._additions = additions
        self._run = worker.run
        self._adding = adding

    async def add_file(self, data: bytes, name: str, owner: str, show: ShowProgress) -> AdditionProgress:
        """Add the articles of a file; meanwhile `show` is called now and then. Raises what the worker raises."""
        return await carry_out(partial(self._additions.add_file, data, name, owner), self._adding, show)

    async def add_address(self, address: str, owner: str, show: ShowProgress) -> AdditionProgress:
        """Add the article at an address, as `add_file` does. Raises FetchError and ReadError too."""
        return await carry_out(partial(self._additions.add_address, address, owner), self._adding, show)

    async def remove(self, owner: str, article: str) -> bool:
        """Remove the article with this id; False if there is none."""
        return await self._run(partial(self._additions.remove, owner, article))

    async def restore(self, owner: str, article: str) -> bool:
        """Undo a removal; False if there is nothing to be had back, or the operator removed it."""
        return await self._run(partial(self._additions.restore, owner, article))

    async def article(self, owner: str, row: int) -> Article | None:
        """Return the owner's article in this row."""
        return await self._run(partial(self._additions.article, owner, row))

    async def row(self, owner: str, article: str) -> int | None:
        """Return the row of the owner's article with this id."""
        return await self._run(partial(self._additions.row, owner, article))

    async def page(self, owner: str, page: int, size: int) -> tuple[list[GuildArticle], int]:
        """Return a page of the owner's articles, the newest first, and how many there are in all."""
        listed = await self._run(partial(self._additions.listing, owner, page * size, size))
        return listed, await self._run(partial(self._additions.count, owner))

    async def status(self, owner: str) -> AdditionStatus:
        """Return how much there is, and whether something is being added."""
        own = await self._run(partial(self._additions.count, owner))
        common = await self._run(partial(self._additions.count, OPERATOR))
        since = await self._run(self._additions.held_since)
        return AdditionStatus(own, common, self._additions.most, since, self._adding.busy)


async def carry_out(steps: Steps, worker: Worker, show: ShowProgress, pause: float = PAUSE) -> AdditionProgress:
    """Run all of `steps` on the worker and return what came of them; `show` is called after each `pause` seconds.

    Raises what the steps and the worker raise; then the work ends with the step that it is at.
    """
    feed = _ProgressFeed(asyncio.get_running_loop())
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


class _ProgressFeed:
    """Brings each step from the thread that works to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.progress = AdditionProgress()
        self.abandoned = threading.Event()
        self._loop = loop

    def follow(self, steps: Steps) -> None:
        """Run the steps, on the thread that works, until they end or are abandoned."""
        for step in steps():
            if self.abandoned.is_set():
                return
            self._loop.call_soon_threadsafe(self._note, step)

    def _note(self, step: AdditionStep) -> None:
        self.progress = self.progress.after(step)
