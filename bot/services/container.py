"""All services of the bot in one value, which is handed to extensions and tasks."""

from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.services.additions import AdditionService
from bot.services.dialogue import DialogueService
from bot.services.feedback import FeedbackService
from bot.services.gaps import GapService
from bot.services.guild_settings import GuildSettingsService
from bot.services.posted_answers import PostedAnswerService
from bot.services.queries import QueryService
from bot.services.watches import WatchService
from bot.services.worker import Worker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's services, and the workers that they run on.

    `worker` runs what answers questions, `checking` verifications, `adding` additions.
    """

    dialogue: DialogueService
    queries: QueryService
    guilds: GuildSettingsService
    watches: WatchService
    gaps: GapService
    additions: AdditionService
    feedback: FeedbackService
    posted: PostedAnswerService
    worker: Worker
    checking: Worker
    adding: Worker

    @property
    def _workers(self) -> tuple[Worker, ...]:
        return self.worker, self.checking, self.adding

    async def draw(self, make: Callable[[], T]) -> T:
        """Return what `make` draws or writes on the worker of questions, in the language that is spoken here."""
        return await self.worker.run(partial(copy_context().run, make))

    async def forget_guild(self, guild: int) -> None:
        """Delete what a guild decided, watched and asked, once it sent the bot away. Its articles stay, unseen."""
        await self.guilds.forget(guild)
        await self.watches.forget_guild(guild)
        await self.gaps.forget(guild)

    async def guilds_with_data(self) -> set[int]:
        """Return the guilds that decided, watch or asked something."""
        return self.guilds.known() | await self.watches.guilds() | await self.gaps.guilds()

    def refuse(self) -> None:
        """Take no more work; what has begun goes on."""
        self.additions.close()
        for worker in self._workers:
            worker.refuse()

    def abandon(self) -> None:
        """Give up what is still waited for."""
        for worker in self._workers:
            worker.abandon()

    def close(self) -> None:
        """End the workers and close the feedback file."""
        for worker in self._workers:
            worker.close()
        self.feedback.close()
