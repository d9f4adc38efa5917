"""`ontherecord speakers show`: the names and articles of one speaker, and why the names are one person's."""

import typer

from cli.output import page, plain
from cli.speakers.shared import OWNERS, First, speakers_of
from cli.wiring import Data, open_archive, settings_of


def show(context: typer.Context, name: First, *, data: Data = None) -> None:
    """Show every speaker that a name fits: their names, the articles that quote them, and what each merge rests on."""
    console = page()
    with open_archive(settings_of(context, data)) as archive:
        for entry in speakers_of(archive).named(name, OWNERS):
            known = archive.articles(entry.articles)
            console.print(f"[bold]{plain(entry.name)}[/bold]  {plain('; '.join(entry.roles[:5]))}")
            for appearance in entry.appearances:
                title = known[appearance.article].title if appearance.article in known else ""
                console.print(f"  {plain(appearance.name)}: {appearance.quotations} in “{plain(title)}”")
            for link in entry.links:
                number = f" (decision {link.decision})" if link.decision else ""
                console.print(f"  [dim]{plain(link.first)} = {plain(link.second)}: {link.evidence}{number}[/dim]")
