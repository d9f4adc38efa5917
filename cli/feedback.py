"""`ontherecord feedback`: what people in Discord said was right or wrong."""

from typing import TYPE_CHECKING, Any

import typer

from cli.output import AsJson, messages, page, plain, write_line
from cli.wiring import Data, open_archive, settings_of
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from retrieval.store.archive import Archive


def feedback(
    context: typer.Context,
    *,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show which answers people in Discord marked as right or wrong, and why; never who did."""
    from bot.services.feedback import FILE, FeedbackStore, is_damaged

    settings = settings_of(context, data)
    if is_damaged(settings.data / FILE):
        raise ArchiveError(f"{settings.data / FILE} is damaged; the bot moves it aside when it starts")
    with open_archive(settings) as archive:
        judgements = FeedbackStore(settings.data / FILE)
        rows = [{**row, "words": _words(archive, row["about"])} for row in judgements.all()]
        judgements.close()
    show = write_line if as_json else _print_line
    for row in rows:
        show(row)
    if not rows:
        messages().print("nobody has marked an answer yet")


def _words(archive: "Archive", about: str) -> str | None:
    """None where they are gone, or have changed since."""
    from bot.cards.references import parse
    from bot.errors import Stale
    from bot.services.reference_lookup import ReferenceLookup
    from retrieval.answering.quotation_status import QuotationStatuses

    owners = {listed.owner for listed in archive.listing()}
    try:
        return ReferenceLookup(archive, QuotationStatuses(archive)).look_up(parse(about), owners).text
    except Stale:
        return None


def _print_line(row: dict[str, Any]) -> None:
    mark = "[green]right[/green]" if row["right"] else "[red]wrong[/red]"
    words = plain(row["words"] or "(words that are no longer in the archive)")
    reason = f"  [dim]{plain(row['reason'])}[/dim]" if row["reason"] else ""
    page().print(f"{mark}  {words}{reason}")
