"""What belongs to servers and their people rather than to an answer: what they decide, watch, add and ask in vain."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

import discord
import structlog

from bot.interactions.errors import BotError
from bot.services.guild_settings import Servers
from bot.services.worker import Worker
from retrieval.domain import Answer
from retrieval.errors import ArchiveError
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import Gap
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository

log = structlog.get_logger(__name__)


class Gaps(Protocol):
    """Synchronous, from any thread."""

    def add(self, server: int, question: str) -> None: ...
    def of(self, server: int) -> list[Gap]: ...
    def forget_old(self) -> None: ...
    def forget(self, server: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Community:
    """`worker` runs what is asked of these while somebody waits, `adding` what takes minutes, one at a time."""

    servers: Servers
    watches: WatchRepository
    matcher: WatchMatcher
    gaps: Gaps
    additions: GuildAdditions
    worker: Worker
    adding: Worker

    async def note_gap(self, guild: discord.Guild | None, answer: Answer) -> None:
        """Keep a question that could not be answered in a server where the bot is a member.

        A follow-up says nothing without what it follows, and is left out. Nobody waits for this, so a failure is only
        logged.
        """
        if guild is None or guild.me is None or answer.answered or answer.reading:
            return
        try:
            await self.worker.run(partial(self.gaps.add, guild.id, answer.question))
        except (ArchiveError, BotError) as error:
            log.warning("gap_not_noted", reason=str(error))

    async def forget_server(self, server: int) -> None:
        """What a server watched, decided and asked, once the bot has been sent away. Its articles stay, unseen."""
        await self.servers.forget(server)
        await self.worker.run(partial(self.watches.forget_guild, server))
        await self.worker.run(partial(self.gaps.forget, server))
