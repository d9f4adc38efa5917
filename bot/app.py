"""The composition root of the bot: settings -> archive -> services -> client.

The playground and the tests go through it too; tests hand in lighter parts.
"""

import asyncio
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import discord

from bot.client import OnTheRecord
from bot.interactions.cooldowns import Cooldowns
from bot.services import feedback
from bot.services.additions import ADDITION_SECONDS, ADDITIONS_WAITING, AdditionService
from bot.services.container import Services
from bot.services.dialogue import Conversations, DialogueService, SupportsDialogue, SupportsWholeLists
from bot.services.feedback import FeedbackService, FeedbackStore, open_feedback
from bot.services.gaps import GapService, SupportsGaps
from bot.services.guild_settings import GuildSettingsService
from bot.services.posted_answers import PostedAnswerService
from bot.services.queries import QueryService, SupportsLookup, SupportsVerify
from bot.services.reference_lookup import ReferenceLookup
from bot.services.watches import WatchService
from bot.services.worker import Worker
from bot.tasks import health
from bot.tasks.application_record import ApplicationRecord
from bot.tasks.corrections import Corrections
from bot.tasks.guild_reconciliation import GuildReconciliation
from bot.tasks.health import Pulse
from bot.tasks.loops import every, running
from bot.tasks.source_refresh import refresh_command, refreshing
from bot.tasks.watch_notices import WatchNotices
from bot.tasks.watchdog import watched
from bot.token import UNUSABLE, TokenError, token_of
from bot.token_check import REFUSED, check_token, unreachable
from config import logs
from config.settings import Settings, SettingsError, environment_of, load
from retrieval.answering.posted_answers import PostedAnswers
from retrieval.composition.answering import compose_answering
from retrieval.composition.ingesting import compose_additions
from retrieval.embedding.encoder import Encoder
from retrieval.errors import ArchiveError
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import GapRepository
from retrieval.guilds.settings import GuildSettingsRepository
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository
from retrieval.sources.repository import SourceRepository
from retrieval.store.archive import Archive, utc_now
from retrieval.store.sqlite.locks import bot_lease
from retrieval.store.sqlite.private_files import keep_private

THREADS = 2
"""Threads that answer questions."""

CHECK_THREADS = 1
"""Threads that verify quotations."""

COMMANDS, GUILDS = "commands.json", "guilds.json"
"""Files of the data folder: which commands were sent, and which guilds the bot was in."""

_FIRST = "who said what?"
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What the services work with. All are synchronous, and may be used from any thread."""

    dialogue: SupportsDialogue
    lists: SupportsWholeLists
    verifier: SupportsVerify
    lookup: SupportsLookup
    references: ReferenceLookup
    guilds: GuildSettingsRepository
    watches: WatchRepository
    matcher: WatchMatcher
    gaps: SupportsGaps
    additions: GuildAdditions
    feedback: FeedbackStore
    posted: PostedAnswers


def load_parts(archive: Archive, encoder: Encoder, settings: Settings) -> Parts:
    """Load the models and ask them once, for the first question takes seconds. Raises ArchiveError."""
    answering = compose_answering(archive, encoder, reranker_name=settings.reranker, boldness=settings.boldness)
    answering.answerer.answer(_FIRST)
    additions = compose_additions(
        archive,
        settings.model,
        user_agent=settings.user_agent,
        most=settings.server_articles,
        article_seconds=settings.article_timeout,
    )
    return Parts(
        answering.dialogue,
        answering.lists,
        answering.verifier,
        answering.lookup,
        ReferenceLookup(archive, answering.standings),
        GuildSettingsRepository(archive.database),
        WatchRepository(archive.database),
        WatchMatcher(archive, answering.speakers, encoder),
        GapRepository(archive.database, encoder, utc_now),
        additions,
        open_feedback(settings.data / feedback.FILE),
        PostedAnswers(archive, utc_now, timedelta(days=settings.shown_days)),
    )


def make_services(parts: Parts, settings: Settings, *, threads: int = THREADS) -> Services:
    """Return the services over the parts; to be called inside the event loop, and closed after it."""
    worker = Worker(threads=threads, queue=settings.queue, limit=settings.answer_timeout)
    checking = Worker(threads=CHECK_THREADS, queue=settings.queue, limit=settings.answer_timeout)
    adding = Worker(threads=1, queue=ADDITIONS_WAITING, limit=ADDITION_SECONDS)
    return Services(
        DialogueService(parts.dialogue, parts.lists, Conversations(), worker),
        QueryService(parts.verifier, parts.lookup, parts.references, worker=worker, checking=checking),
        GuildSettingsService(parts.guilds, worker),
        WatchService(parts.watches, parts.matcher, worker),
        GapService(parts.gaps, worker),
        AdditionService(parts.additions, worker, adding),
        FeedbackService(parts.feedback, worker),
        PostedAnswerService(parts.posted, worker),
        worker,
        checking,
        adding,
    )


def make_bot(
    services: Services,
    settings: Settings,
    *,
    clock: Callable[[], float] = time.monotonic,
    wall_clock: Callable[[], float] = time.time,
    reference: Callable[[], str] = lambda: secrets.token_hex(3).upper(),
    **options: Any,
) -> OnTheRecord:
    """Return the client over the services. `options` are discord.py's: a `connector` that leads elsewhere, for one."""
    cooldowns = Cooldowns(person=settings.person_rate, guild=settings.server_rate, clock=clock, wall_clock=wall_clock)
    return OnTheRecord(
        services,
        cooldowns,
        sync_record=ApplicationRecord(settings.data / COMMANDS),
        reference=reference,
        **options,
    )


async def serve(settings: Settings, token: str, *, connector: aiohttp.BaseConnector | None = None) -> None:
    """Run the bot until SIGTERM or SIGINT. `connector` leads its sockets elsewhere than to Discord.

    Raises TokenError where Discord refuses the token, which it is asked before the models are loaded; ArchiveError for
    what is wrong with the archive or the models, and where Discord can't be reached.
    """
    logs.configure([token], sys.stderr, logs.level_of(settings, "info"), settings.log_format)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has nothing to say by voice
    async with AsyncExitStack() as stack:
        archive = Archive.open(settings.data)
        stack.callback(archive.close)
        stack.enter_context(bot_lease(settings.data, utc_now))
        await check_token(token, connector)
        encoder = Encoder(settings.model, settings.threads)
        services = make_services(await asyncio.to_thread(load_parts, archive, encoder, settings), settings)
        stack.callback(services.close)
        await _run(make_bot(services, settings, connector=connector), archive, settings, token)


async def _run(bot: OnTheRecord, archive: Archive, settings: Settings, token: str) -> None:
    """Run the bot, with all that goes on beside answering, until it is stopped."""
    pulse = Pulse(bot, settings.data / health.FILE)
    try:
        async with bot, watched(), pulse.beating(), beside(bot, archive, settings):
            _stop_on_signals(bot)
            await bot.start(token)
    except discord.LoginFailure as error:
        raise TokenError(REFUSED) from error
    except aiohttp.ClientConnectionError as error:
        raise unreachable(error) from error
    if pulse.lost:
        raise ArchiveError(f"there was no connection to Discord for {health.LOST / 60:.0f} minutes")


@asynccontextmanager
async def beside(bot: OnTheRecord, archive: Archive, settings: Settings) -> AsyncIterator[None]:
    """Run inside what goes on beside answering: notices, corrections, forgetting, sources."""
    async with AsyncExitStack() as stack:
        left = GuildReconciliation(bot, ApplicationRecord(settings.data / GUILDS), bot.sync_record)
        gaps = every(_DAY, bot.services.gaps.forget_old, failed="gaps_not_forgotten", first=bot.wait_until_ready)
        await stack.enter_async_context(running(WatchNotices(bot).loop, Corrections(bot).loop, left.loop, gaps))
        if settings.refresh:
            due = SourceRepository(archive, utc_now).due
            await stack.enter_async_context(
                refreshing(due, refresh_command(settings.data), settings=environment_of(settings))
            )
        yield


def _stop_on_signals(bot: OnTheRecord) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, bot.stop_soon)


def main() -> None:
    """Run the bot by the settings of the environment: `python -m bot` and `ontherecord bot`."""
    keep_private()
    try:
        settings = load()
        asyncio.run(serve(settings, token_of(settings)))
    except (TokenError, SettingsError) as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(UNUSABLE)
    except ArchiveError as error:
        sys.exit(f"error: {error}")
