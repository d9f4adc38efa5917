"""`ontherecord articles remove`: take articles out of every search, until they are restored or purged."""

from typing import Annotated

import typer

from cli.articles.shared import Identities, Owner, found
from cli.output import messages, plain
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR


def remove(
    context: typer.Context,
    ids: Identities,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be removed, and remove nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Remove without asking.")] = False,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Remove articles with their quotations: no later answer cites them, and ingesting their text again is refused.

    `articles restore` undoes it, until `articles purge` deletes the text from the archive's file.
    """
    console = messages()
    with open_archive(settings_of(context, data)) as archive:
        articles = [found(archive, id_, owner)[1] for id_ in ids]
        for article in articles:
            console.print(f"{plain(article.id)}  {plain(article.title)}")
        if dry_run:
            console.print(f"{len(articles)} would be removed")
            return
        if not yes:
            typer.confirm(f"Remove {len(articles)} from the archive?", abort=True, err=True)
        gone = [article for article in articles if archive.remove(article.owner, article.id)]
        console.print(f"{len(gone)} removed")
        for article in gone:
            if archive.tombstone(article.owner, "", article.text) is None:
                console.print(f"the words of {plain(article.id)} stand in another article too")
