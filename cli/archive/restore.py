"""`ontherecord restore`: replace the archive by a backup."""

from pathlib import Path
from typing import Annotated

import typer

from cli.archive.backup import described
from cli.output import messages, plain
from cli.wiring import Data, settings_of
from retrieval.errors import ArchiveError


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `ontherecord backup` wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Replace an existing archive without asking.")] = False,
    data: Data = None,
) -> None:
    """Put the archive of a backup into the data folder. Stop the bot, and let no ingest run, before."""
    from bot.services.feedback import FILE
    from retrieval.search.local.engine import LocalEngine
    from retrieval.store import archive
    from retrieval.store.backup.restore import restore as restore_backup

    if not file.is_file():
        raise ArchiveError(f"{file}: no such file")
    folder = settings_of(context, data).data
    if (folder / archive.FILE).exists() and not yes:
        typer.confirm(f"Replace the archive in {folder}?", abort=True, err=True)
    held = restore_backup(file, folder, [FILE])
    restored = archive.Archive.open(folder)
    try:
        LocalEngine(restored).save()
    finally:
        restored.close()
    messages().print(f"{plain(str(folder))} holds {described(held)} again")
