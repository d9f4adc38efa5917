"""The frame around every answer: its language, what is told when it fails, and which words it showed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

import aiohttp
import discord
import structlog

from bot.cards.components import Tone, notice
from bot.cards.references import Reference
from bot.errors import BotError, TooFast
from bot.interactions.cooldowns import Cooldowns
from bot.interactions.error_messages import cause, explain, gone
from bot.interactions.replies import InteractionReply, MessageReply, Reply
from bot.locales import ENGLISH, _, speaking
from bot.services.container import Services
from bot.services.visibility import visible_owners
from retrieval.answering.posted_answers import PostedMessage
from retrieval.errors import ArchiveError

R = TypeVar("R", bound=Reply)

log = structlog.get_logger(__name__)


class Responder:
    """Makes replies, and handles every error of answering in one place.

    `reference` makes the short code that a person can quote and that stands in the log.
    """

    def __init__(
        self, client: discord.Client, services: Services, cooldowns: Cooldowns, reference: Callable[[], str]
    ) -> None:
        self._client = client
        self._services = services
        self._cooldowns = cooldowns
        self._reference = reference
        self._answering: set[asyncio.Task[Any]] = set()

    def answering(self, interaction: discord.Interaction[Any]) -> AbstractAsyncContextManager[InteractionReply]:
        """Return the frame around an answer to a command or a button, in the person's language."""
        return self._framed(self._reply(interaction), interaction.locale.value)

    def replying(
        self, message: discord.Message, language: str | None = None
    ) -> AbstractAsyncContextManager[MessageReply]:
        """Return the frame around an answer to a message, in `language` or else the guild's.

        Discord doesn't tell in which language the writer of a message reads.
        """
        default = message.guild.preferred_locale.value if message.guild else ENGLISH
        return self._framed(MessageReply(message, self._cooldowns.take), language or default)

    @asynccontextmanager
    async def _framed(self, reply: R, language: str) -> AsyncIterator[R]:
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        with speaking(language):
            try:
                yield reply
                if reply.posted is not None:
                    await self.remember(reply.posted.message, reply.posted.references)
            except Exception as error:
                await self._failed(reply, error)

    async def remember(
        self, message: discord.Message, references: tuple[Reference, ...], guild: int | None = None
    ) -> None:
        """Note which words a message shows to everybody, so that it can be corrected when they change.

        Private answers, and those given where the bot is no member, couldn't be changed later.
        """
        guild = message.guild.id if message.guild else guild
        if guild is None or message.flags.ephemeral or not references or self._client.get_guild(guild) is None:
            return
        where = PostedMessage(message.id, message.channel.id, guild)
        try:
            await self._services.posted.remember(where, references, visible_owners(self._client, guild))
        except (ArchiveError, BotError) as error:
            log.warning("answer_not_remembered", message=message.id, reason=str(error))

    async def command_failed(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Handle an error of a command outside of its frame, one that discord.py raises for example."""
        with speaking(interaction.locale.value):
            await self._failed(self._reply(interaction), error)

    async def _failed(self, reply: Reply, error: BaseException) -> None:
        """Tell the person what went wrong, and log it under the reference that the person is given."""
        error = cause(error)
        if isinstance(error, TooFast) and error.repeated and not reply.awaited:
            return
        if gone(error):
            log.info("answer_not_wanted_any_more", reason=str(error))
            return
        explanation = explain(error)
        text = explanation.text
        if explanation.ours:
            reference = self._reference()
            log.error("answer_failed", reference=reference, exc_info=error)
            text += "\n-# " + _("Reference: {reference}", reference=reference)
        try:
            await reply.tell(notice(text, Tone.UNCERTAIN))
        except (discord.HTTPException, aiohttp.ClientError) as untold:
            log.warning("person_not_told", reason=str(untold))

    def _reply(self, interaction: discord.Interaction[Any]) -> InteractionReply:
        return InteractionReply(interaction, self._cooldowns.take, self._services.guilds.of(interaction.guild_id))

    async def wait(self, seconds: float) -> None:
        """Wait for the answers under way, at most so long."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=seconds)
