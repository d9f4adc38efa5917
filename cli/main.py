"""The program `ontherecord`: one file a command, and one table of what a person is told when it fails."""

import sys

import typer

from cli.articles import app as articles
from cli.ask import ask
from cli.backup import backup, restore
from cli.bot import bot
from cli.doctor import doctor
from cli.evaluate import evaluate
from cli.feedback import feedback
from cli.history import diff, history
from cli.ingest import ingest
from cli.inspection import inspect
from cli.output import messages, plain
from cli.playground import playground
from cli.purging import purge
from cli.quotes import quotes
from cli.removal import put_back
from cli.sharing import share
from cli.sources import app as sources
from cli.speakers import app as speakers
from cli.status import status
from cli.verify import verify
from cli.wiring import Data, load_settings
from retrieval.errors import ArchiveError

app = typer.Typer(
    name="ontherecord",
    help="Ask an archive of news articles who said what, and get the exact words back.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.command()(ingest)
app.add_typer(articles, name="articles")
articles.command()(history)
articles.command()(diff)
articles.command("restore")(put_back)
articles.command()(purge)
articles.command()(share)
app.add_typer(sources, name="sources")
app.command()(ask)
app.command()(verify)
app.command()(evaluate)
app.command()(status)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.command()(bot)
app.command()(feedback)
app.command()(playground)
app.command()(quotes)
app.command()(inspect)
app.add_typer(speakers, name="speakers")


@app.callback()
def common(context: typer.Context, data: Data = None) -> None:
    context.obj = load_settings(data)


def run() -> None:
    """The entry point: an ArchiveError becomes one sentence on stderr and exit status 1."""
    try:
        app()
    except ArchiveError as error:
        messages().print(f"[red]error:[/red] {plain(str(error))}")
        sys.exit(1)
