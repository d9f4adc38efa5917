import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from bot.client import OnTheRecord
from bot.interactions.cooldowns import Cooldowns
from bot.services.citation_lookup import Library
from bot.services.community import Community
from bot.services.conversations import Conversations
from bot.services.feedback import Judgements
from bot.services.guild_settings import Servers
from bot.services.queries import Desk
from bot.services.worker import Worker
from bot.tasks.command_sync import SyncRecord
from retrieval.answering.conversation import Conversation
from retrieval.answering.posted_answers import PostedAnswers
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.domain import Article
from retrieval.errors import FetchRefused
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import GapRepository
from retrieval.guilds.settings import GuildSettingsRepository
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository
from retrieval.ingest.ingester import ExtractionRules, Ingester
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import FILE, Archive, utc_now
from tests.bot.made_up import FakeAnswerer, FakeLookup, FakeStore, FakeVerifier


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, for that takes half a second."""
    folder = tmp_path_factory.mktemp("empty")
    Archive.open(folder).close()
    return folder / FILE


@pytest.fixture
def archive(tmp_path: Path, empty_archive: Path) -> Iterator[Archive]:
    """What servers decide, watch and add is kept there; answers come from the made-up store."""
    shutil.copy(empty_archive, tmp_path / FILE)
    archive = Archive.open(tmp_path)
    yield archive
    archive.close()


def nowhere(address: str, _owner: str) -> Article:
    raise FetchRefused(address, "it isn't on the public internet")


def community(archive: Archive, worker: Worker, adding: Worker, **options: Any) -> Community:
    encoder: Any = options.get("encoder") or HashEncoder()
    rules = ExtractionRules(MarksOnly, 1)
    return Community(
        Servers(GuildSettingsRepository(archive.database), worker),
        WatchRepository(archive.database),
        WatchMatcher(archive, SpeakerIndex(archive, utc_now), encoder),
        GapRepository(archive.database, encoder, utc_now),
        GuildAdditions(
            archive,
            lambda wait: Ingester(archive, encoder, rules, 1, wait),
            options.get("fetched") or nowhere,
            options.get("most", 5),
        ),
        worker,
        adding,
    )


@pytest.fixture
def make_bot(tmp_path: Path, archive: Archive) -> Iterator[Callable[..., OnTheRecord]]:
    """Builds the real bot over made-up collaborators; call it inside the event loop."""
    opened: list[Worker | Judgements] = []

    def make(
        answerer: Any = None, store: Any = None, verifier: Any = None, lookup: Any = None, **options: Any
    ) -> OnTheRecord:
        worker = Worker(threads=1, queue=options.get("queue", 5), limit=options.get("limit", 30.0))
        adding = Worker(threads=1, queue=2, limit=60.0)
        opened.extend([worker, adding])
        store = store or FakeStore()
        desk = options.get("desk") or Desk(
            Conversation(store, answerer or FakeAnswerer()),
            verifier or FakeVerifier(),
            lookup or FakeLookup(),
            Library(store, QuotationStatuses(archive)),
            conversations=options.get("conversations") or Conversations(),
            worker=worker,
        )
        cooldowns = Cooldowns(
            person=options.get("person", 100), server=options.get("server", 100), clock=options.get("clock", time.time)
        )
        record = SyncRecord(tmp_path / "commands.json")
        judgements = Judgements(tmp_path / "judgements.sqlite")
        opened.append(judgements)
        sockets = {name: options[name] for name in ("connector", "guild_ready_timeout") if name in options}
        return OnTheRecord(
            desk,
            cooldowns,
            judgements,
            options.get("community") or community(archive, worker, adding, **options),
            PostedAnswers(archive, utc_now, timedelta(days=90)),
            record=record,
            reference=lambda: "ABC123",
            shard_count=1,
            **sockets,
        )

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """Events of the log, as dictionaries."""
    with structlog.testing.capture_logs() as events:
        yield events
