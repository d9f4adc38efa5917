"""An empty archive, and the real bot over made-up parts, wired by the product's own root."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from bot import app
from bot.app import Parts, make_services
from bot.client import OnTheRecord
from bot.services.container import Services
from bot.services.feedback import FeedbackStore
from bot.services.reference_lookup import ReferenceLookup
from config.settings import Settings
from retrieval.answering.posted_answers import PostedAnswers
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.dialogue.conversation import Conversation
from retrieval.domain import Article
from retrieval.errors import FetchRefused
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import GapRepository
from retrieval.guilds.settings import GuildSettingsRepository
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.sandbox import InProcess, SandboxedReader
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import FILE, Archive, utc_now
from tests.bot.made_up import FakeAnswerer, FakeDialogue, FakeLists, FakeLookup, FakeStore, FakeVerifier


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, for that takes half a second."""
    folder = tmp_path_factory.mktemp("empty")
    Archive.open(folder).close()
    return folder / FILE


@pytest.fixture
def archive(tmp_path: Path, empty_archive: Path) -> Iterator[Archive]:
    """What guilds decide, watch and add is kept there; answers come from the made-up store."""
    shutil.copy(empty_archive, tmp_path / FILE)
    archive = Archive.open(tmp_path)
    yield archive
    archive.close()


def nowhere(address: str, _owner: str) -> Article:
    raise FetchRefused(address, "it isn't on the public internet")


def light_parts(archive: Archive, folder: Path, **options: Any) -> Parts:
    """The bot's parts without models: `answerer`, `verifier`, `lookup` and `store` may be given."""
    encoder: Any = options.get("encoder") or HashEncoder()
    rules = ExtractionRules(MarksOnly, 1)
    store = options.get("store") or FakeStore()
    return Parts(
        FakeDialogue(Conversation(store, options.get("answerer") or FakeAnswerer()), options.get("replies") or {}),
        options.get("lists") or FakeLists(),
        options.get("verifier") or FakeVerifier(),
        options.get("lookup") or FakeLookup(),
        ReferenceLookup(store, QuotationStatuses(archive)),
        GuildSettingsRepository(archive.database),
        WatchRepository(archive.database),
        WatchMatcher(archive, SpeakerIndex(archive, utc_now), encoder),
        GapRepository(archive.database, encoder, utc_now),
        GuildAdditions(
            archive,
            lambda wait: Ingester(archive, encoder, rules, 1, wait),
            options.get("fetched") or nowhere,
            options.get("most", 5),
            SandboxedReader(InProcess()),
        ),
        FeedbackStore(folder / "judgements.sqlite"),
        PostedAnswers(archive, utc_now, timedelta(days=90)),
    )


@pytest.fixture
def bot_from(tmp_path: Path) -> Iterator[Callable[..., OnTheRecord]]:
    """Builds the bot from parts, as the product does; call it inside the event loop."""
    opened: list[Services] = []

    def make(parts: Parts, **options: Any) -> OnTheRecord:
        settings = Settings(
            data=tmp_path,
            queue=options.get("queue", 5),
            answer_timeout=options.get("limit", 30.0),
            person_rate=options.get("person", 100),
            server_rate=options.get("server", 100),
        )
        services = make_services(parts, settings, threads=1)
        opened.append(services)
        if "conversations" in options:
            services.dialogue.conversations = options["conversations"]
        clocks = {name: options[name] for name in ("clock", "wall_clock") if name in options}
        sockets = {name: options[name] for name in ("connector", "guild_ready_timeout") if name in options}
        return app.make_bot(services, settings, reference=lambda: "ABC123", shard_count=1, **clocks, **sockets)

    yield make
    for services in opened:
        services.close()


@pytest.fixture
def make_bot(bot_from: Callable[..., OnTheRecord], archive: Archive, tmp_path: Path) -> Callable[..., OnTheRecord]:
    """Builds the real bot over made-up parts; call it inside the event loop."""

    def make(
        answerer: Any = None, store: Any = None, verifier: Any = None, lookup: Any = None, **options: Any
    ) -> OnTheRecord:
        made_up = {"answerer": answerer, "store": store, "verifier": verifier, "lookup": lookup}
        return bot_from(light_parts(archive, tmp_path, **made_up, **options), **options)

    return make


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """Events of the log, as dictionaries."""
    with structlog.testing.capture_logs() as events:
        yield events
