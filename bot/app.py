"""The whole wiring: settings -> archive -> worker -> bot."""

import asyncio
import secrets
import signal
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta

import aiohttp
import discord

from bot.client import OnTheRecord
from bot.interactions.cooldowns import Cooldowns
from bot.services import feedback as judgements
from bot.services.citation_lookup import Library
from bot.services.community import Community
from bot.services.conversations import Conversations
from bot.services.feedback import Judgements
from bot.services.guild_settings import Servers
from bot.services.queries import Desk
from bot.services.worker import Worker
from bot.tasks import health
from bot.tasks.command_sync import SyncRecord
from bot.tasks.corrections import correcting
from bot.tasks.source_refresh import refresh_command, refreshing
from bot.tasks.watch_notices import watching
from bot.token import token_of
from config import logs
from config.settings import Settings, SettingsError, load
from retrieval.answering.answerer import Answerer
from retrieval.answering.citation_lookup import CitationLookup
from retrieval.answering.conversation import Conversation
from retrieval.answering.posted_answers import PostedAnswers
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.answering.verifier import Verifier
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.reranker import reranker
from retrieval.errors import ArchiveError
from retrieval.fetching import Fetcher
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import GapRepository
from retrieval.guilds.settings import GuildSettingsRepository
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository
from retrieval.ingest.ingester import ExtractionRules, Ingester
from retrieval.quotes.extractor import make_extractor
from retrieval.quotes.rules_version import rules_version
from retrieval.search.local.engine import LocalEngine
from retrieval.sources.pages import read_page
from retrieval.sources.repository import SourceRepository
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive, utc_now

_THREADS = 2
_FIRST = "who said what?"
_ADDITIONS = 8
_LONGEST = 14 * 60.0
"""How many additions may wait, and for how many seconds one may take: Discord takes answers for fifteen minutes."""


async def serve(settings: Settings, token: str, *, connector: aiohttp.BaseConnector | None = None) -> None:
    """Run the bot until SIGTERM or SIGINT. `connector` leads its sockets elsewhere than to Discord.

    Raises ArchiveError for what is wrong with the archive, the models or the token, and where Discord can't be reached.
    """
    logs.configure([token], sys.stderr, logs.level_of(settings, "info"))
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has nothing to say by voice
    archive = Archive.open(settings.data)
    worker = Worker(threads=_THREADS, queue=settings.queue, limit=settings.answer_timeout)
    adding = Worker(threads=1, queue=_ADDITIONS, limit=_LONGEST)
    judged = Judgements(settings.data / judgements.FILE)
    try:
        bot = await _bot(archive, worker, adding, judged, settings, connector=connector)
        await _run(bot, archive, settings, token)
    finally:
        adding.close()
        worker.close()
        judged.close()
        archive.close()


async def _bot(  # noqa: PLR0913  what outlives it, and is closed after it
    archive: Archive,
    worker: Worker,
    adding: Worker,
    judged: Judgements,
    settings: Settings,
    *,
    connector: aiohttp.BaseConnector | None,
) -> OnTheRecord:
    encoder = Encoder(settings.model, settings.threads)
    return OnTheRecord(
        await asyncio.to_thread(_desk, archive, encoder, worker, settings),
        Cooldowns(person=settings.person_rate, server=settings.server_rate),
        judged,
        _community(archive, encoder, worker, adding, settings),
        PostedAnswers(archive, utc_now, timedelta(days=settings.shown_days)),
        record=SyncRecord(settings.data / "commands.json"),
        reference=_reference,
        connector=connector,
    )


async def _run(bot: OnTheRecord, archive: Archive, settings: Settings, token: str) -> None:
    """With all that goes on beside answering, until it is stopped."""
    pulse, refreshing = health.pulsing(bot, settings.data / health.FILE), _refreshing(archive, settings)
    try:
        async with bot, pulse, watching(bot), correcting(bot), refreshing:
            _stop_on_signals(bot)
            await bot.start(token)
    except discord.LoginFailure as error:
        raise ArchiveError("Discord refuses the token; it may have been reset since: get a new one there") from error
    except aiohttp.ClientConnectionError as error:
        raise ArchiveError(f"Discord can't be reached from this machine: {error}") from error


def _desk(archive: Archive, encoder: Encoder, worker: Worker, settings: Settings) -> Desk:
    """Loads the models and asks them once, for the first question takes seconds."""
    archive.expect_model(encoder.model)
    engine = LocalEngine(archive)
    answerer = Answerer(archive, engine, encoder, reranker(settings.reranker), settings.boldness)
    answerer.answer(_FIRST)
    return Desk(
        Conversation(archive, answerer),
        Verifier(archive, engine, answerer),
        CitationLookup(archive, SpeakerIndex(archive, utc_now), answerer),
        Library(archive, QuotationStatuses(archive)),
        conversations=Conversations(),
        worker=worker,
    )


def _community(archive: Archive, encoder: Encoder, worker: Worker, adding: Worker, settings: Settings) -> Community:
    fetcher = Fetcher(settings.user_agent)
    rules = ExtractionRules(make_extractor, rules_version())
    apart = Encoder(settings.model, 1)  # a process of its own loads it
    return Community(
        Servers(GuildSettingsRepository(archive.database), worker),
        WatchRepository(archive.database),
        WatchMatcher(archive, SpeakerIndex(archive, utc_now), encoder),
        GapRepository(archive.database, encoder, utc_now),
        GuildAdditions(
            archive,
            lambda wait: Ingester(archive, apart, rules, 1, wait),
            lambda address, owner: read_page(fetcher.fetch(address), owner),
            settings.server_articles,
        ),
        worker,
        adding,
    )


def _refreshing(archive: Archive, settings: Settings) -> AbstractAsyncContextManager[None]:
    if not settings.refresh:
        return nullcontext()
    return refreshing(SourceRepository(archive, utc_now).due, refresh_command(settings.data))


def _reference() -> str:
    return secrets.token_hex(3).upper()


def _stop_on_signals(bot: OnTheRecord) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, bot.stop_soon)


def main() -> None:
    """`python -m bot`; `ontherecord bot` does the same."""
    try:
        settings = load()
        asyncio.run(serve(settings, token_of(settings)))
    except (ArchiveError, SettingsError) as error:
        sys.exit(f"error: {error}")
