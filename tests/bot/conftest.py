import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.client import OnTheRecord
from bot.conversations import Conversations
from bot.cooldowns import Cooldowns
from bot.desk import Desk
from bot.judgements import Judgements
from bot.library import Library
from bot.syncing import SyncRecord
from bot.worker import Worker
from retrieval.conversation import Conversation
from tests.bot.made_up import FakeAnswerer, FakeLookup, FakeStore, FakeVerifier


@pytest.fixture
def make_bot(tmp_path: Path) -> Iterator[Callable[..., OnTheRecord]]:
    """Builds the real bot over made-up collaborators; call it inside the event loop."""
    opened: list[Worker | Judgements] = []

    def make(
        answerer: Any = None, store: Any = None, verifier: Any = None, lookup: Any = None, **options: Any
    ) -> OnTheRecord:
        worker = Worker(threads=1, queue=options.get("queue", 5), limit=options.get("limit", 30.0))
        opened.append(worker)
        store = store or FakeStore()
        desk = Desk(
            Conversation(store, answerer or FakeAnswerer()),
            verifier or FakeVerifier(),
            lookup or FakeLookup(),
            Library(store),
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
            desk, cooldowns, judgements, record=record, reference=lambda: "ABC123", shard_count=1, **sockets
        )

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """Events of the log, as dictionaries."""
    with structlog.testing.capture_logs() as events:
        yield events
