"""`ontherecord speakers`: one line a speaker."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.output import AsJson, page, plain, write_line
from cli.speakers.shared import OWNERS, speakers_of
from cli.wiring import Data, open_archive, settings_of, tell_if_empty

if TYPE_CHECKING:
    from retrieval.speakers.records import SpeakerEntry
    from retrieval.store.archive import Archive


def speakers(
    context: typer.Context,
    *,
    search: Annotated[str | None, typer.Option(metavar="NAME", help="Only the speakers that this name fits.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """List everyone whom the archive quotes by name, with the number of quotations."""
    context.obj = settings_of(context, data)
    if context.invoked_subcommand:
        return
    with open_archive(context.obj) as archive:
        tell_if_empty(archive)
        found = speakers_of(archive).entries(OWNERS, search)
        if as_json:
            for entry in found:
                write_line(speaker_object(entry, archive))
        else:
            page(table=True).print(speaker_table(found))


def speaker_table(found: "tuple[SpeakerEntry, ...]") -> Table:
    """Return the speakers as a table for the terminal."""
    table = Table("speaker", "role", "quotations", "certain", "articles", "also")
    for entry in found:
        role = entry.roles[0] if entry.roles else ""
        others = ", ".join(name for name in entry.names if name != entry.name)
        counts = (str(entry.quotations), str(entry.certain), str(len(entry.articles)))
        table.add_row(plain(entry.name), plain(role), *counts, plain(others))
    return table


def speaker_object(entry: "SpeakerEntry", archive: "Archive") -> dict[str, Any]:
    """Return the JSON object of one speaker."""
    known = archive.articles(entry.articles)
    return {
        "name": entry.name,
        "names": list(entry.names),
        "roles": list(entry.roles),
        "kind": entry.kind,
        "quotations": entry.quotations,
        "certain": entry.certain,
        "articles": [known[seq].id for seq in sorted(entry.articles) if seq in known],
        "merges": [
            {"first": link.first, "second": link.second, "evidence": link.evidence, "decision": link.decision}
            for link in entry.links
        ],
    }
