"""The commands below `ontherecord articles`, in the order in which the help text shows them."""

import typer

from cli.articles.diff import diff
from cli.articles.edit import edit
from cli.articles.history import history
from cli.articles.listing import list_articles
from cli.articles.purge import purge
from cli.articles.remove import remove
from cli.articles.restore import restore
from cli.articles.share import share
from cli.articles.show import show

app = typer.Typer(no_args_is_help=True, help="List, show, correct and remove the articles of the archive.")
app.command("list")(list_articles)
for command in (show, edit, remove, history, diff, restore, purge, share):
    app.command()(command)
