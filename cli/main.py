"""The program `ontherecord`: every command, and how an error is told."""

import sys

import typer

from cli.archive.backup import backup
from cli.archive.doctor import doctor
from cli.archive.ingest import ingest
from cli.archive.restore import restore
from cli.archive.status import status
from cli.articles.app import app as articles
from cli.bot import bot
from cli.feedback import feedback
from cli.inspection import inspect
from cli.output import tell_error
from cli.playground import playground
from cli.questions.ask import ask
from cli.questions.evaluate import evaluate
from cli.questions.quotes import quotes
from cli.questions.verify import verify
from cli.sources.app import app as sources
from cli.speakers.app import app as speakers
from cli.wiring import Data, configure_logs, load_settings
from retrieval.errors import ArchiveError
from retrieval.store.sqlite.private_files import keep_private

app = typer.Typer(
    name="ontherecord",
    help="Ask an archive of news articles who said what, and get the exact words back.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.command()(ingest)
app.add_typer(articles, name="articles")
app.add_typer(sources, name="sources")
for command in (ask, verify, evaluate, status, doctor, backup, restore, bot, feedback, playground, quotes, inspect):
    app.command()(command)
app.add_typer(speakers, name="speakers")


@app.callback()
def common(context: typer.Context, data: Data = None) -> None:
    """Read the settings, which every command works with, and start the log."""
    context.obj = load_settings(data)
    configure_logs(context.obj)


def run() -> None:
    """Run the program. An ArchiveError becomes one sentence on stderr and exit status 1."""
    keep_private()
    try:
        app()
    except ArchiveError as error:
        tell_error(error)
        sys.exit(1)
