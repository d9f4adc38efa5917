"""`ontherecord speakers`: whom the archive quotes, and who is one person."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.output import AsJson, messages, page, plain, write_line
from cli.wiring import Data, open_archive, settings_of, tell_if_empty
from retrieval.domain import OPERATOR
from retrieval.speakers.records import Entry
from retrieval.store.decisions import Opinion

if TYPE_CHECKING:
    from retrieval.speakers.index import Speakers
    from retrieval.store.archive import Archive

app = typer.Typer(help="List the speakers of the archive, and settle who is one person.")

First = Annotated[str, typer.Argument(metavar="A", help="A name as `ontherecord speakers` shows it.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another one.")]
OWNERS = frozenset({OPERATOR})


@app.callback(invoke_without_command=True)
def speakers(
    context: typer.Context,
    *,
    search: Annotated[str | None, typer.Option(metavar="NAME", help="Only those whom this name may mean.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Everybody whom the archive quotes by name, with the number of quotations."""
    context.obj = settings_of(context, data)
    if context.invoked_subcommand:
        return
    with open_archive(context.obj) as archive:
        tell_if_empty(archive)
        found = _speakers(archive).entries(OWNERS, search)
        if as_json:
            for entry in found:
                write_line(entry_line(entry, archive))
        else:
            page(table=True).print(entry_table(found))


@app.command()
def show(context: typer.Context, name: First, *, data: Data = None) -> None:
    """Everybody whom a name may mean: every name of theirs, where it stands, and what each merge rests on."""
    console = page()
    with open_archive(settings_of(context, data)) as archive:
        for entry in _speakers(archive).named(name, OWNERS):
            known = archive.articles(entry.articles)
            console.print(f"[bold]{plain(entry.name)}[/bold]  {plain('; '.join(entry.roles[:5]))}")
            for appearance in entry.appearances:
                title = known[appearance.article].title if appearance.article in known else ""
                console.print(f"  {plain(appearance.name)}: {appearance.quotations} in “{plain(title)}”")
            for link in entry.links:
                number = f" (decision {link.decision})" if link.decision else ""
                console.print(f"  [dim]{plain(link.first)} = {plain(link.second)}: {link.evidence}{number}[/dim]")


@app.command()
def merge(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Make two names one speaker."""
    _decide(context, Opinion.SAME, first, second, data)


@app.command()
def split(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Keep two names apart, whatever the rules find."""
    _decide(context, Opinion.APART, first, second, data)


@app.command()
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The decision's number, as `speakers decisions` shows it.")],
    *,
    data: Data = None,
) -> None:
    """Take a decision back."""
    with open_archive(settings_of(context, data)) as archive:
        _speakers(archive).undo(number, OPERATOR)
    messages().print(f"Decision {number} is taken back.")


@app.command()
def decisions(context: typer.Context, *, data: Data = None) -> None:
    """What was merged and split by hand."""
    with open_archive(settings_of(context, data)) as archive:
        found = _speakers(archive).decisions(OWNERS)
    table = Table("number", "decision", "A", "B", "when")
    for d in found:
        table.add_row(str(d.id), d.verdict.value, plain(d.first), plain(d.second), d.decided_at)
    page(table=True).print(table)


def _decide(context: typer.Context, verdict: Opinion, first: str, second: str, data: Data) -> None:
    with open_archive(settings_of(context, data)) as archive:
        number = _speakers(archive).decide(verdict, first, second, OPERATOR)
    done = "are one speaker now" if verdict is Opinion.SAME else "stay apart now"
    messages().print(f"{plain(first)} and {plain(second)} {done}; `ontherecord speakers undo {number}` takes it back.")


def _speakers(archive: "Archive") -> "Speakers":
    from retrieval.speakers.index import Speakers
    from retrieval.store.archive import utc_now

    return Speakers(archive, utc_now)


def entry_table(found: tuple[Entry, ...]) -> Table:
    table = Table("speaker", "role", "quotations", "certain", "articles", "also")
    for entry in found:
        role = entry.roles[0] if entry.roles else ""
        others = ", ".join(name for name in entry.names if name != entry.name)
        counts = (str(entry.quotations), str(entry.certain), str(len(entry.articles)))
        table.add_row(plain(entry.name), plain(role), *counts, plain(others))
    return table


def entry_line(entry: Entry, archive: "Archive") -> dict[str, Any]:
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
