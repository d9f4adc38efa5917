"""The commands below `ontherecord speakers`; without one, the list of speakers."""

import typer

from cli.speakers.decisions import decisions, undo
from cli.speakers.listing import speakers
from cli.speakers.merge import merge, split
from cli.speakers.show import show

app = typer.Typer(help="List the speakers of the archive, and decide which names are one person's.")
app.callback(invoke_without_command=True)(speakers)
for command in (show, merge, split, undo, decisions):
    app.command()(command)
