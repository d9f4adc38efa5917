"""Questions that a guild's people asked in vain."""

from functools import partial
from typing import Protocol

import discord
import structlog

from bot.errors import BotError
from bot.services.worker import Worker
from retrieval.dialogue.intents import IntentKind
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind
from retrieval.domain import Verdict
from retrieval.errors import ArchiveError
from retrieval.guilds.gaps import Gap

log = structlog.get_logger(__name__)


class SupportsGaps(Protocol):
    """The part of `retrieval.guilds.gaps.GapRepository` that is used here; synchronous, from any thread."""

    def add(self, guild: int, question: str) -> None:
        """Keep a question."""
        ...

    def of(self, guild: int) -> list[Gap]:
        """Return a guild's questions."""
        ...

    def guilds(self) -> set[int]:
        """Return the guilds that have questions."""
        ...

    def forget_old(self) -> None:
        """Delete questions whose time is over."""
        ...

    def forget(self, guild: int) -> None:
        """Delete a guild's questions."""
        ...


class GapService:
    """Keeps unanswered questions of guilds where the bot is a member, without who asked."""

    def __init__(self, gaps: SupportsGaps, worker: Worker) -> None:
        self._gaps = gaps
        self._worker = worker

    async def note(self, guild: discord.Guild | None, reply: DialogueReply) -> None:
        """Keep what was asked if it found no answer in a guild where the bot is a member.

        A follow-up says nothing without what it follows, and is left out, as is what asks nothing of the archive.
        Nobody waits for this, so a failure is only logged.
        """
        if guild is None or guild.me is None:
            return
        try:
            for question in filter(None, map(_missed, reply.parts or (reply,))):
                await self._worker.run(partial(self._gaps.add, guild.id, question))
        except (ArchiveError, BotError) as error:
            log.warning("gap_not_noted", reason=str(error))

    async def of(self, guild: int) -> list[Gap]:
        """Return a guild's unanswered questions, the most frequent first."""
        return await self._worker.run(partial(self._gaps.of, guild))

    async def guilds(self) -> set[int]:
        """Return the guilds that have unanswered questions."""
        return await self._worker.run(self._gaps.guilds)

    async def forget_old(self) -> None:
        """Delete the questions whose time is over."""
        await self._worker.run(self._gaps.forget_old)

    async def forget(self, guild: int) -> None:
        """Delete all questions of a guild."""
        await self._worker.run(partial(self._gaps.forget, guild))


def _missed(reply: DialogueReply) -> str | None:
    """Return the question that found no answer; None where there was one, or where nothing was asked."""
    kind = reply.intent.kind if reply.intent else IntentKind.QUESTION
    unheard = kind in {IntentKind.SMALL_TALK, IntentKind.HELP, IntentKind.UNINTELLIGIBLE}
    aside = any(text.code in {ReplyCode.NOTHING_BEFORE, ReplyCode.NOTHING_SO_NEW} for text in reply.texts)
    if unheard or aside or reply.answer.answered or reply.answer.reading:
        return None
    wanted = reply.kind is ReplyKind.DECLINED or reply.answer.verdict is Verdict.NOT_FOUND
    return (reply.intent.text if reply.intent else reply.answer.question) if wanted else None
