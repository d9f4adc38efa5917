"""`ontherecord backup`: write a checked copy of the archive into one file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import messages, plain
from cli.wiring import Data, settings_of
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from retrieval.store.backup.backup import BackupContents


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the backup, a zip.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    data: Data = None,
) -> None:
    """Copy the archive, and the feedback from Discord, to FILE. The bot and an ingest may run meanwhile."""
    from bot.services.feedback import FILE
    from retrieval.store.backup.backup import back_up

    if file.exists() and not force:
        raise ArchiveError(f"{file} is there already; name another file, or replace it with --force")
    held = back_up(settings_of(context, data).data, [FILE], file)
    messages().print(f"{plain(str(file))} holds {described(held)}, and was checked")


def described(held: "BackupContents") -> str:
    """Return what a backup holds as a phrase."""
    return f"{held.articles} articles with {held.quotations} quotations"
