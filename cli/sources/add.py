"""`ontherecord sources add`: add a source, its kind found out by looking."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer

from cli.output import AsJson, messages, plain, write_line
from cli.sources.shared import format_interval, open_sources, source_object
from cli.wiring import Data, open_archive, open_fetcher, settings_of
from retrieval.domain import SourceKind
from retrieval.errors import ArchiveError

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A folder, or the address of a feed, a sitemap or a page.")],
    *,
    kind: Annotated[
        SourceKind | None, typer.Option(help="What it is; found out by fetching it where it isn't said.")
    ] = None,
    every: Annotated[str | None, typer.Option(metavar="TIME", help="How often to refresh it: 30m, 1h, 2d.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Add a source. The running bot refreshes it within a minute, `ontherecord sources refresh` at once."""
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
        write_line(source_object(added))
        return
    messages().print(
        f"source {added.id}: the {added.kind} {plain(added.address)}, every {format_interval(added.every)}"
    )
    for feed in feeds:
        messages().print(f"this page names a feed: ontherecord sources add {plain(feed)}")


def parse_interval(written: str) -> timedelta:
    """Return the interval written as 30m, 2h or 1d. Raises ArchiveError."""
    found = re.fullmatch(r"(\d{1,5})\s*([mhd])", written.strip().lower())
    if found is None:
        raise ArchiveError(f"{written} isn't a time such as 30m, 2h or 1d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})
