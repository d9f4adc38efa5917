"""`ontherecord sources remove`: take a source off the list."""

from typing import Annotated

import typer

from cli.output import messages, plain
from cli.sources.shared import open_sources
from cli.wiring import Data, open_archive, settings_of

Named = Annotated[str, typer.Argument(metavar="SOURCE", help="Its number or its address, as `sources list` shows it.")]


def remove(context: typer.Context, source: Named, *, data: Data = None) -> None:
    """Take a source off the list. The articles that came from it stay."""
    with open_archive(settings_of(context, data)) as archive:
        sources = open_sources(archive)
        found = sources.find(source)
        sources.remove(found.id, {found.owner})
    messages().print(f"{plain(found.address)} is no source any more; its articles stay in the archive")
