"""`ontherecord sources refresh`: check sources and report what is new, changed, moved or gone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import AsJson, messages, plain, write_line
from cli.sources.shared import open_sources
from cli.wiring import Data, open_archive, open_engine, open_fetcher, open_ingester, settings_of
from retrieval.domain import Article
from retrieval.errors import ArchiveBusy, ReadError

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.ingest.events import IngestEvent
    from retrieval.ingest.ingester import Ingester
    from retrieval.sources.page_updates import RefreshEvent
    from retrieval.store.archive import Archive
    from retrieval.store.sources import Source

CHANGES = ("new", "changed", "same", "moved", "gone", "failed")


def refresh(
    context: typer.Context,
    named: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="The sources to refresh; all where none is named.")
    ] = None,
    *,
    due: Annotated[bool, typer.Option("--due", help="Only the sources that are due.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait while another ingest runs.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Refresh sources now, and ingest what is new or has changed.

    It may be interrupted at any time: what was stored stays, and the next refresh continues from there.
    """
    settings = settings_of(context, data)
    with open_archive(settings) as archive, only_one(settings, wait):
        sources = open_sources(archive)
        chosen = [sources.find(name) for name in named or ()]
        if not named:
            chosen = sources.due() if due else [kept.source for kept in sources.summaries()]
        ingesting = LazyIngester(archive, settings, wait)
        counts = follow(refreshed(archive, settings, ingesting, chosen), as_json)
        ingesting.save_index()
    if counts["failed"]:
        raise typer.Exit(1)


class LazyIngester:
    """An ingest that loads its models with the first articles."""

    def __init__(self, archive: "Archive", settings: "Settings", wait: bool) -> None:
        self._archive = archive
        self._settings = settings
        self._wait = -1 if wait else 0
        self._ingester: Ingester | None = None

    def __call__(self, articles: "Iterable[Article | ReadError]") -> "Iterator[IngestEvent]":
        """Ingest the articles and yield an event for each."""
        self._ingester = self._ingester or open_ingester(self._archive, self._settings, self._wait)
        return self._ingester.ingest(articles)

    def save_index(self) -> None:
        """Save the search index, if anything was ingested."""
        if self._ingester is not None:
            open_engine(self._archive, self._ingester.encoder).save()


@contextmanager
def only_one(settings: "Settings", wait: bool) -> Iterator[None]:
    """Hold the lock of refreshing, as two refreshes at once would fetch everything twice. Raises ArchiveBusy."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(settings.data / "refresh.lock", timeout=-1 if wait else 0):
            yield
    except Timeout:
        raise ArchiveBusy("another refresh is at work; let it finish, or wait for it with --wait") from None


def refreshed(
    archive: "Archive", settings: "Settings", ingesting: LazyIngester, chosen: "Sequence[Source]"
) -> "Iterator[RefreshEvent]":
    """Yield the events of refreshing the chosen sources."""
    from retrieval.sandbox import Sandbox
    from retrieval.sources.refreshing import Refresher
    from retrieval.sources.source_reader import SourceReader
    from retrieval.store.archive import utc_now

    sandbox = Sandbox()
    refresher = Refresher(archive, open_fetcher(settings), ingesting, utc_now, SourceReader(sandbox))
    try:
        for source in chosen:
            yield from refresher.refresh(source)
    finally:
        sandbox.close()


def follow(happening: "Iterable[RefreshEvent]", as_json: bool) -> "Counter[str]":
    """Print each change as it happens and the counts at the end; return the counts."""
    console, counts = messages(), Counter[str]()
    with console.status("looking at the sources") as status:
        for happened in happening:
            counts[happened.change] += 1
            status.update(f"{counts.total()} looked at, now {plain(happened.source.address)}")
            if as_json:
                write_line({"event": happened.change, "source": happened.source.id, **event_fields(happened)})
            elif happened.change != "same":
                console.print(event_line(happened))
    if as_json:
        write_line({"event": "summary", **{name: counts[name] for name in CHANGES}})
    else:
        console.print(", ".join(f"{counts[name]} {name}" for name in CHANGES))
    return counts


def event_fields(happened: "RefreshEvent") -> dict[str, Any]:
    """Return an event's fields for a line of JSON."""
    return {"address": happened.address, "title": happened.title, "reason": happened.reason}


def event_line(happened: "RefreshEvent") -> str:
    """Return an event as a line of console markup."""
    colour = "red" if happened.change == "failed" else "bold"
    rest = f": {happened.reason}" if happened.reason else f"  {happened.title}" if happened.title else ""
    return f"[{colour}]{happened.change}[/{colour}] {plain(happened.address + rest)}"
