"""`ontherecord speakers decisions` and `undo`: list and take back what was merged and split by hand."""

from typing import Annotated

import typer
from rich.table import Table

from cli.output import messages, page, plain
from cli.speakers.shared import OWNERS, speakers_of
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR


def decisions(context: typer.Context, *, data: Data = None) -> None:
    """List the names that were merged and split by hand."""
    with open_archive(settings_of(context, data)) as archive:
        found = speakers_of(archive).decisions(OWNERS)
    table = Table("number", "decision", "A", "B", "when")
    for d in found:
        table.add_row(str(d.id), d.verdict.value, plain(d.first), plain(d.second), d.decided_at)
    page(table=True).print(table)


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The decision's number, as `speakers decisions` shows it.")],
    *,
    data: Data = None,
) -> None:
    """Take a decision back."""
    with open_archive(settings_of(context, data)) as archive:
        speakers_of(archive).undo(number, OPERATOR)
    messages().print(f"Decision {number} is taken back.")
