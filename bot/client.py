"""The bot: it takes its collaborators, loads its cogs, and tells people when something fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import Tone, notice
from bot.cards.correction import cited
from bot.extensions.archive import Archive
from bot.extensions.articles import Articles
from bot.extensions.ask import Ask
from bot.extensions.follow import Follow
from bot.extensions.gaps import Gaps
from bot.extensions.help import Help
from bot.extensions.judge import Judge
from bot.extensions.passages import Passages
from bot.extensions.privacy import Privacy
from bot.extensions.quotes import Quotes
from bot.extensions.settings import ServerSettings
from bot.extensions.share import Share
from bot.extensions.verify import Verify
from bot.extensions.watch import Watching
from bot.extensions.who_said import WhoSaid
from bot.interactions.cooldowns import Cooldowns
from bot.interactions.error_messages import cause, explain, gone
from bot.interactions.errors import BotError, TooFast
from bot.interactions.replies import NO_PINGS, InteractionReply, MessageReply, Reply
from bot.locales import ENGLISH, _, speaking
from bot.locales.commands import Translator
from bot.services.community import Community
from bot.services.feedback import Judgements
from bot.services.queries import Desk
from bot.services.visibility import owners
from bot.tasks.command_sync import SyncRecord, sync_if_changed
from retrieval.answering.posted_answers import PostedAnswers, PostedMessage
from retrieval.errors import ArchiveError

GRACE = 10.0
"""Seconds that answers under way get when the bot is stopped; after that it apologises for them."""

_APOLOGY = 5.0

R = TypeVar("R", bound=Reply)

log = structlog.get_logger(__name__)


_COGS = (
    *(Ask, Follow, WhoSaid, Verify, Quotes, Articles, Passages, Share, Judge),
    *(Watching, Archive, ServerSettings, Gaps, Help, Privacy),
)


class OnTheRecord(commands.AutoShardedBot):
    """`reference` makes the short code that a person can quote and that stands in the log."""

    def __init__(  # noqa: PLR0913  its collaborators
        self,
        desk: Desk,
        cooldowns: Cooldowns,
        judgements: Judgements,
        community: Community,
        shown: PostedAnswers,
        *,
        record: SyncRecord,
        reference: Callable[[], str],
        **options: Any,
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=discord.Intents(guilds=True, messages=True),
            allowed_mentions=NO_PINGS,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            max_messages=None,
            **options,
        )
        self.desk = desk
        self.judgements = judgements
        self.community = community
        self.shown = shown
        self._cooldowns = cooldowns
        self._record = record
        self._reference = reference
        self._attending: set[asyncio.Task[Any]] = set()
        self._stopping: asyncio.Task[None] | None = None
        self.tree.error(self._command_failed)

    async def setup_hook(self) -> None:
        for cog in _COGS:
            await self.add_cog(cog(self))
        await self.community.servers.load()
        await self.tree.set_translator(Translator())
        await self.desk.read_names()
        await sync_if_changed(self.tree, self._record, self.application_id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Messages are no commands; the cogs listen for those that ask something."""

    def answering(self, interaction: discord.Interaction[Any]) -> AbstractAsyncContextManager[InteractionReply]:
        """Around every answer to a command or a button: what fails inside is told, and stopping waits for its end.

        Everything inside is told in the person's language.
        """
        return self._minding(self._reply(interaction), interaction.locale.value)

    def replying(
        self, message: discord.Message, language: str | None = None
    ) -> AbstractAsyncContextManager[MessageReply]:
        """The same around an answer to a message, in `language` or else the server's.

        Discord doesn't tell in which language somebody reads who writes a message.
        """
        usual = message.guild.preferred_locale.value if message.guild else ENGLISH
        return self._minding(MessageReply(message, self._cooldowns.take), language or usual)

    @asynccontextmanager
    async def _minding(self, reply: R, language: str) -> AsyncIterator[R]:
        task = asyncio.current_task()
        assert task is not None
        self._attending.add(task)
        task.add_done_callback(self._attending.discard)
        with speaking(language):
            try:
                yield reply
                if reply.shown is not None:
                    await self.remember(reply.shown)
            except Exception as error:
                await self.failed(reply, error)

    async def remember(self, message: discord.Message, server: int | None = None) -> None:
        """Which words a message shows to everybody, so that it can be told when they change. Private answers, and
        those given where the bot is no member, couldn't be changed later."""
        server = message.guild.id if message.guild else server
        references = cited(message)
        if server is None or message.flags.ephemeral or not references or self.get_guild(server) is None:
            return
        where = PostedMessage(message.id, message.channel.id, server)
        try:
            await self.desk.worker.run(partial(self.shown.remember, where, references, owners(self, server)))
        except (ArchiveError, BotError) as error:
            log.warning("answer_not_remembered", message=message.id, reason=str(error))

    async def failed(self, reply: Reply, error: BaseException) -> None:
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

    async def _command_failed(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        with speaking(interaction.locale.value):
            await self.failed(self._reply(interaction), error)

    def _reply(self, interaction: discord.Interaction[Any]) -> InteractionReply:
        return InteractionReply(interaction, self._cooldowns.take, self.community.servers.of(interaction.guild_id))

    def stop_soon(self) -> None:
        """For signal handlers."""
        self._stopping = self._stopping or asyncio.ensure_future(self.stop())

    async def stop(self) -> None:
        """Let the answers under way be finished, apologise for those that take too long, and leave."""
        for worker in (self.desk.worker, self.community.adding):
            worker.refuse()
        if self._attending:
            await asyncio.wait(self._attending, timeout=GRACE)
        for worker in (self.desk.worker, self.community.adding):
            worker.abandon()
        if self._attending:
            await asyncio.wait(self._attending, timeout=_APOLOGY)
        await self.close()
