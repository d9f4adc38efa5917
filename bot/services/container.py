"""All services of the bot in one value, which is handed to extensions and tasks."""

from dataclasses import dataclass

from bot.services.additions import AdditionService
from bot.services.feedback import FeedbackService
from bot.services.gaps import GapService
from bot.services.guild_settings import GuildSettingsService
from bot.services.posted_answers import PostedAnswerService
from bot.services.queries import QueryService
from bot.services.watches import WatchService
from bot.services.worker import Worker


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's services, and the workers that they run on: `worker` for answers, `adding` for additions."""

    queries: QueryService
    guilds: GuildSettingsService
    watches: WatchService
    gaps: GapService
    additions: AdditionService
    feedback: FeedbackService
    posted: PostedAnswerService
    worker: Worker
    adding: Worker

    async def forget_guild(self, guild: int) -> None:
        """Delete what a guild decided, watched and asked, once it sent the bot away. Its articles stay, unseen."""
        await self.guilds.forget(guild)
        await self.watches.forget_guild(guild)
        await self.gaps.forget(guild)

    def refuse(self) -> None:
        """Take no more work; what has begun goes on."""
        self.worker.refuse()
        self.adding.refuse()

    def abandon(self) -> None:
        """Give up what is still waited for."""
        self.worker.abandon()
        self.adding.abandon()

    def close(self) -> None:
        """End the workers and close the feedback file."""
        self.adding.close()
        self.worker.close()
        self.feedback.close()
