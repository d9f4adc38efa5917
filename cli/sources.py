"""`ontherecord sources`: add, list and remove folders, feeds, sitemaps and pages that fill the archive."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.output import AsJson, messages, page, plain, write_line
from cli.refreshing import open_sources, refresh
from cli.wiring import Data, open_archive, open_fetcher, settings_of
from retrieval.domain import OPERATOR
from retrieval.errors import ArchiveError
from retrieval.store.sources import Source, SourceKind

if TYPE_CHECKING:
    from retrieval.sources.repository import SourceSummary

app = typer.Typer(help="Keep the archive filled: folders, feeds, sitemaps and pages.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="SOURCE", help="Its number or its address, as `sources list` shows it.")]
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


app.command()(refresh)


@app.command()
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A folder, or the address of a feed, a sitemap or a page.")],
    *,
    kind: Annotated[SourceKind | None, typer.Option(help="Found out by looking where it isn't said.")] = None,
    every: Annotated[str | None, typer.Option(metavar="TIME", help="How often to look: 30m, 1h, 2d.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Add a source. The running bot looks at it within a minute, `ontherecord sources refresh` at once."""
    settings = settings_of(context, data)
    often = None if every is None else parse_interval(every)
    feeds: Sequence[str] = ()
    if kind is None:
        from retrieval.sandbox import Sandbox
        from retrieval.sources.detection import detect_source
        from retrieval.sources.source_reader import SourceReader

        found = detect_source(address, open_fetcher(settings), SourceReader(Sandbox()))
        kind, feeds = found.kind, found.feeds
    with open_archive(settings, make=True) as archive:
        added = open_sources(archive).add(address, kind, every=often)
    if as_json:
        write_line(source_line(added))
        return
    messages().print(
        f"source {added.id}: the {added.kind} {plain(added.address)}, every {format_interval(added.every)}"
    )
    for feed in feeds:
        messages().print(f"this page names a feed: ontherecord sources add {plain(feed)}")


@app.command("list")
def list_(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """Every source, when it was read, what came of it, and what is wrong with it."""
    with open_archive(settings_of(context, data)) as archive:
        kept = open_sources(archive).summaries()
    if as_json:
        for each in kept:
            write_line(source_line(each.source) | asdict(each.totals))
    elif kept:
        page(table=True).print(source_table(kept))
    else:
        messages().print("there is no source yet: ontherecord sources add ADDRESS")


@app.command()
def remove(context: typer.Context, source: Named, *, data: Data = None) -> None:
    """Take a source off the list. The articles that came from it stay."""
    with open_archive(settings_of(context, data)) as archive:
        sources = open_sources(archive)
        found = sources.find(source)
        sources.remove(found.id, {found.owner})
    messages().print(f"{plain(found.address)} is no source any more; its articles stay in the archive")


def source_table(kept: "Sequence[SourceSummary]") -> Table:
    """Return a table of sources with what was read, gone and wrong."""
    table = Table("", "kind", "address", "every", "last read", "read", "gone", "wrong")
    for each in kept:
        source, totals = each.source, each.totals
        wrong = source.problem or (f"{totals.failing} can't be read" if totals.failing else "")
        owner = "" if source.owner == OPERATOR else f" ({source.owner})"
        read_at = source.read_at.strftime("%Y-%m-%d %H:%M UTC") if source.read_at else "never"
        counts = (str(totals.read), str(totals.gone))
        table.add_row(
            str(source.id),
            source.kind,
            plain(source.address + owner),
            format_interval(source.every),
            read_at,
            *counts,
            plain(wrong),
        )
    return table


def source_line(source: Source) -> dict[str, Any]:
    """Return a source as a line of JSON."""
    fields = asdict(source)
    times = {
        name: value and value.isoformat(timespec="seconds") for name, value in fields.items() if name.endswith("_at")
    }
    hidden = ("etag", "last_modified")
    return {name: value for name, value in (fields | times).items() if name not in hidden}


def parse_interval(written: str) -> timedelta:
    """Return the interval written as 30m, 2h or 1d. Raises ArchiveError."""
    found = re.fullmatch(r"(\d{1,5})\s*([mhd])", written.strip().lower())
    if found is None:
        raise ArchiveError(f"{written} isn't a time such as 30m, 2h or 1d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def format_interval(seconds: int) -> str:
    """Return an interval as 30m, 2h or 1d."""
    for unit, length in (("d", 86_400), ("h", 3600)):
        if seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds // 60}m"
