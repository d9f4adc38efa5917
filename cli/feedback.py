"""`ontherecord feedback`: what people in Discord said was right or wrong."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.wiring import Data, open_archive, settings_of

if TYPE_CHECKING:
    from retrieval.store.archive import Archive


def feedback(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout, for programs.")] = False,
    data: Data = None,
) -> None:
    """Show which answers people in Discord marked as right or wrong, and why; never who did."""
    from bot.judgements import FILE, Judgements

    settings = settings_of(context, data)
    with open_archive(settings) as archive:
        judgements = Judgements(settings.data / FILE)
        rows = [{**row, "words": _words(archive, row["about"])} for row in judgements.all()]
        judgements.close()
    show = _print_row if as_json else _print_line
    for row in rows:
        show(row)


def _words(archive: "Archive", about: str) -> str | None:
    """None where they are gone, or have changed since."""
    from bot.errors import Stale
    from bot.library import Library
    from bot.references import parse

    owners = {listed.owner for listed in archive.listing()}
    try:
        return Library(archive).look_up(parse(about), owners).text
    except Stale:
        return None


def _print_row(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _print_line(row: dict[str, Any]) -> None:
    mark = "[green]right[/green]" if row["right"] else "[red]wrong[/red]"
    words = escape(row["words"] or "(words that are no longer in the archive)")
    reason = f"  [dim]{escape(row['reason'])}[/dim]" if row["reason"] else ""
    Console(highlight=False).print(f"{mark}  {words}{reason}")
