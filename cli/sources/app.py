"""The commands below `ontherecord sources`."""

import typer

from cli.sources.add import add
from cli.sources.listing import list_sources
from cli.sources.refresh import refresh
from cli.sources.remove import remove

app = typer.Typer(help="Keep the archive filled: folders, feeds, sitemaps and pages.", no_args_is_help=True)
app.command()(refresh)
app.command()(add)
app.command("list")(list_sources)
app.command()(remove)
