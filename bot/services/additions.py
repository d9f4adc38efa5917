"""Articles that a guild adds for itself, with progress while they are read and stored."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Protocol

import discord

from bot.cards.guilds.archive import AdditionProgress, AdditionStatus
from bot.services.fair_queue import FairQueue
from bot.services.worker import Worker
from retrieval.domain import OPERATOR, Article
from retrieval.guilds.additions import AdditionStep, GuildAdditions, GuildArticle

ADDITION_SECONDS = 14 * 60.0
"""Seconds that one addition may take, waits included: Discord takes answers for fifteen minutes."""

ADDITIONS_WAITING, ADDITIONS_PER_OWNER = 30, 3
"""How many additions may wait in all, and for one guild."""

PAUSE = 2.0
"""Seconds between two changes of a message."""

ShowProgress = Callable[[AdditionProgress], Awaitable[None]]
Steps = Callable[[], Iterator[AdditionStep]]


class TimedSteps(Protocol):
    """Work in steps that waits at most `patience` seconds for another ingest to end."""

    def __call__(self, *, patience: float) -> Iterator[AdditionStep]:
        """Begin the work."""
        ...


class AdditionService:
    """Coroutines over a guild's own archive. `worker` runs what is quick, `adding` what takes minutes."""

    def __init__(self, additions: GuildAdditions, worker: Worker, adding: Worker) -> None:
        self._additions = additions
        self._run = worker.run
        self._adding = adding
        self._turns = FairQueue(per_owner=ADDITIONS_PER_OWNER, total=ADDITIONS_WAITING)

    async def add_file(self, data: bytes, name: str, owner: str, show: ShowProgress) -> AdditionProgress:
        """Add the articles of a file; meanwhile `show` is called now and then. Raises what the worker raises."""
        return await self._add(partial(self._additions.add_file, data, name, owner), owner, show)

    async def add_address(self, address: str, owner: str, show: ShowProgress) -> AdditionProgress:
        """Add the article at an address, as `add_file` does. Raises FetchError and ReadError too."""
        return await self._add(partial(self._additions.add_address, address, owner), owner, show)

    async def _add(self, steps: TimedSteps, owner: str, show: ShowProgress) -> AdditionProgress:
        """Wait for the guild's turn and do the work; both together take no longer than ADDITION_SECONDS."""
        clock = asyncio.get_running_loop().time
        end = clock() + ADDITION_SECONDS
        async with self._turns.turn(owner, ADDITION_SECONDS):
            left = end - clock()
            return await carry_out(partial(steps, patience=left), self._adding, show, limit=left)

    def close(self) -> None:
        """Take no more additions, and give up those that wait for a turn."""
        self._turns.close()

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


async def carry_out(
    steps: Steps, worker: Worker, show: ShowProgress, pause: float = PAUSE, *, limit: float | None = None
) -> AdditionProgress:
    """Run all of `steps` on the worker and return what came of them; `show` is called after each `pause` seconds.

    `limit` is in seconds, the worker's own if there is none. Raises what the steps and the worker raise; then the work
    ends with the step that it is at.
    """
    feed = _ProgressFeed(asyncio.get_running_loop())
    working = asyncio.ensure_future(worker.run(partial(feed.follow, steps), limit))
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
