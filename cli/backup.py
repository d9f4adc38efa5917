"""`ontherecord backup` and `ontherecord restore`: a copy of the archive, and the way back."""

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
    force: Annotated[bool, typer.Option("--force", help="Write it in place of a file that is there.")] = False,
    data: Data = None,
) -> None:
    """Copy the archive, and what people in Discord thought of answers, to FILE. Bot and ingest may go on meanwhile."""
    from bot.services.feedback import FILE
    from retrieval.store.backup.backup import back_up

    if file.exists() and not force:
        raise ArchiveError(f"{file} is there already; name another file, or replace it with --force")
    held = back_up(settings_of(context, data).data, [FILE], file)
    messages().print(f"{plain(str(file))} holds {described(held)}, and was checked")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `ontherecord backup` wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Replace the archive that is there without asking.")] = False,
    data: Data = None,
) -> None:
    """Put the archive of a backup into the data folder. The bot has to be stopped, and no ingest may be at work."""
    from bot.services.feedback import FILE
    from retrieval.search.local.engine import LocalEngine
    from retrieval.store import archive
    from retrieval.store.backup.restore import restore as restoring

    if not file.is_file():
        raise ArchiveError(f"{file}: no such file")
    folder = settings_of(context, data).data
    if (folder / archive.FILE).exists() and not yes:
        typer.confirm(f"Replace the archive in {folder}?", abort=True, err=True)
    held = restoring(file, folder, [FILE])
    restored = archive.Archive.open(folder)
    try:
        LocalEngine(restored).save()
    finally:
        restored.close()
    messages().print(f"{plain(str(folder))} holds {described(held)} again")


def described(held: "BackupContents") -> str:
    return f"{held.articles} articles with {held.quotations} quotations"
