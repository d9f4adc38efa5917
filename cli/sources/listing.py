"""`ontherecord sources list`: one line a source."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from cli.output import AsJson, messages, page, plain, write_line
from cli.sources.shared import format_interval, open_sources, source_object
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR

if TYPE_CHECKING:
    from retrieval.sources.repository import SourceSummary


def list_sources(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """List every source: when it was read, what came of it, and what is wrong with it."""
    with open_archive(settings_of(context, data)) as archive:
        kept = open_sources(archive).summaries()
    if as_json:
        for each in kept:
            write_line(source_object(each.source) | asdict(each.totals))
    elif kept:
        page(table=True).print(source_table(kept))
    else:
        messages().print("there is no source yet: ontherecord sources add ADDRESS")


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
