"""`ontherecord ingest`: add the articles of files and folders to the archive."""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from cli.output import AsJson, messages, plain, write_line
from cli.wiring import Data, open_archive, open_engine, open_ingester, settings_of
from retrieval.domain import OPERATOR, Article
from retrieval.errors import ArchiveError, ReadError

if TYPE_CHECKING:
    from retrieval.ingest.events import IngestEvent, IngestSummary
    from retrieval.ingest.ingester import Ingester
    from retrieval.readers.metadata import StatedMetadata

LINES = {".jsonl", ".ndjson"}
OF_MANY = LINES | {".warc", ".wacz"}


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Folders, and files: text, Markdown, HTML, JSON Lines and web archives (WARC, WACZ), also with .gz; "
            "EPUB; PDF and DOCX where the extra “documents” is installed."
        ),
    ] = None,
    *,
    title: Annotated[str | None, typer.Option(help="The headline of a single file.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="An author of a single file. May be repeated.")] = None,
    publisher: Annotated[str | None, typer.Option(help="The publisher of a single file.")] = None,
    published: Annotated[str | None, typer.Option(help="The date, or date and time, of a single file.")] = None,
    url: Annotated[str | None, typer.Option(help="The address of a single file.")] = None,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild", help="Analyse again, from the stored text, what older rules or another model analysed."
        ),
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait while another ingest runs.")] = False,
    owner: Annotated[str, typer.Option(hidden=True)] = OPERATOR,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Add articles to the archive. Unchanged articles are skipped, changed ones replaced.

    It may be interrupted at any time: what was stored stays, and the same command continues from there.
    """
    from retrieval.readers.metadata import StatedMetadata

    settings = settings_of(context, data)
    if not paths and not rebuild:
        raise ArchiveError("name the files or folders to ingest: ontherecord ingest PATH…")
    stated = StatedMetadata(title, tuple(author or ()), publisher, published, url)
    if stated != StatedMetadata():
        check_single(paths or [])
    with open_archive(settings, make=bool(paths)) as archive:
        ingester = open_ingester(archive, settings, wait=-1 if wait else 0)
        total = len(archive.listing()) if rebuild else count(paths or [])
        summary = follow(events(ingester, paths or [], stated, owner, rebuild), total, as_json)
        if summary.articles or rebuild:
            open_engine(archive, ingester.encoder).save()
    if summary.failures:
        raise typer.Exit(1)
    if not (summary.articles or summary.skipped or rebuild):
        raise ArchiveError(f"there is no article in {', '.join(map(str, paths or []))}")


def check_single(paths: Sequence[Path]) -> None:
    """Raise ArchiveError where the options on one article would apply to several."""
    if len(paths) != 1 or paths[0].is_dir() or OF_MANY & set(paths[0].suffixes):
        raise ArchiveError(
            "--title, --author, --publisher, --published and --url tell of one article: name one file with them, "
            "or put a sidecar NAME.meta.json beside each file"
        )


def count(paths: Sequence[Path]) -> int:
    """Return about how many articles there are to read: one a file, one a line of JSON Lines."""
    from retrieval.readers.files import find_files

    return sum(lines(path) if path.suffix in LINES and path.is_file() else 1 for path in find_files(paths))


def lines(path: Path) -> int:
    """Return the number of lines of a file."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def events(
    ingester: "Ingester", paths: Sequence[Path], stated: "StatedMetadata", owner: str, rebuild: bool
) -> Iterator["IngestEvent"]:
    """Yield what happens to each article: the rebuild of the archive first, then the new articles."""
    if rebuild:
        yield from ingester.rebuild()
    if paths:
        yield from ingester.ingest(read(paths, stated, owner))


def read(paths: Sequence[Path], stated: "StatedMetadata", owner: str) -> Iterator[Article | ReadError]:
    """Yield the articles of files and folders, and an error for each that can't be read."""
    from retrieval.readers.files import find_files
    from retrieval.sandbox import Sandbox, SandboxedReader

    sandbox = Sandbox()
    reader = SandboxedReader(sandbox)
    try:
        for path in find_files(paths):
            yield from reader.read_path(path, stated=stated, owner=owner)
    finally:
        sandbox.close()


def follow(events: Iterable["IngestEvent"], total: int, as_json: bool) -> "IngestSummary":
    """Print each event as it happens, and the totals at the end, or where Ctrl-C ends it. Return the totals."""
    from retrieval.ingest.events import ArticleFailed, ArticleSkipped, IngestSummary

    console = messages()
    columns = (TextColumn("ingesting"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    summary, started, interrupted = IngestSummary(), time.monotonic(), False
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("ingesting", total=total)
        try:
            for event in events:
                summary = summary.with_event(event)
                progress.advance(task)
                if as_json:
                    write_line(event_object(event))
                elif isinstance(event, ArticleFailed):
                    console.print(f"[red]failed:[/red] {plain(f'{event.source}: {event.reason}')}")
                elif isinstance(event, ArticleSkipped) and event.reason:
                    console.print(f"[yellow]left out:[/yellow] {plain(f'{event.article.id}: {event.reason}')}")
        except KeyboardInterrupt:
            interrupted = True
    sum_up(summary, time.monotonic() - started, as_json)
    if interrupted:
        console.print("interrupted; the same command goes on from there")
        raise typer.Exit(130)
    return summary


class Rate(ProgressColumn):
    """The column of the progress bar that shows articles a second."""

    def render(self, task: Task) -> Text:
        """Return the rate of the last half minute, empty while there is none."""
        return Text(f"{task.speed:.1f} articles/s" if task.speed else "")


def event_object(event: "IngestEvent") -> dict[str, Any]:
    """Return the JSON object of one event."""
    from retrieval.ingest.events import ArticleFailed, ArticleStored

    if isinstance(event, ArticleFailed):
        return {"event": "failed", "source": event.source, "reason": str(event.reason)}
    article = event.article
    line = {"id": article.id, "title": article.title, "source": article.source}
    if isinstance(event, ArticleStored):
        return {"event": "stored", **line, "passages": event.passages, "quotations": event.quotations}
    return {"event": "skipped", **line, "reason": event.reason and str(event.reason)}


def sum_up(summary: "IngestSummary", seconds: float, as_json: bool) -> None:
    """Print the totals of an ingest."""
    counts = {
        "articles": summary.articles,
        "passages": summary.passages,
        "quotations": summary.quotations,
        "skipped": summary.skipped,
        "failed": len(summary.failures),
    }
    if as_json:
        write_line({"event": "summary", **counts, "seconds": round(seconds, 1)})
    else:
        told = ", ".join(f"{number} {name}" for name, number in counts.items())
        messages().print(f"{told} in {seconds:.0f} s")
