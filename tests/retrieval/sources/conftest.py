from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from retrieval.fetching import Fetcher
from retrieval.ingest import ingester as ingest
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.sandbox import InProcess
from retrieval.sources.page_updates import RefreshEvent
from retrieval.sources.refreshing import Refresher
from retrieval.sources.repository import SourceRepository
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive
from retrieval.store.sources import Source
from retrieval.store.sqlite import database
from tests.retrieval.fetching.raw_server import network
from tests.retrieval.sources.publisher import Calendar, Publisher, publishing


class Here:
    """Does the work of worker processes in this one, which takes no time to start."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], _count: int) -> None:
        self._work = make()

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        pass

    def submit(self, item: Any, _seconds: float) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(self._work(item))
        except Exception as error:
            future.set_exception(error)
        return future


class World:
    """An archive with its sources, at a time that passes only when it is told to."""

    def __init__(self, folder: Path, publisher: Publisher) -> None:
        self.calendar = Calendar()
        self.publisher = publisher
        self.archive = Archive.open(folder, clock=self.calendar)
        self.sources = SourceRepository(self.archive, self.calendar)
        self.ingester = Ingester(self.archive, HashEncoder(), ExtractionRules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]
        self.fetcher = Fetcher("tests/1", network=network(), pause=0)

    def refresh(self, source: Source | None = None) -> list[RefreshEvent]:
        """Of one source, or of all that are due."""
        refresher = Refresher(
            self.archive, self.fetcher, self.ingester.ingest, self.calendar, SourceReader(InProcess())
        )
        chosen = self.sources.due() if source is None else [self.sources.find(str(source.id))]
        return [happened for each in chosen for happened in refresher.refresh(each)]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


@pytest.fixture
def world(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(ingest, "WorkerPool", Here)
    hasty = [pragma.replace("= FULL", "= OFF") for pragma in database.PRAGMAS]  # thousands of commits, and no power cut
    monkeypatch.setattr(database, "PRAGMAS", hasty)
    world = World(tmp_path / "data", publisher)
    yield world
    world.archive.close()
