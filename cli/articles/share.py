"""`ontherecord articles share`: make the articles of one Discord server visible everywhere."""

from typing import Annotated

import typer

from cli.articles.shared import Identities
from cli.output import messages, plain
from cli.wiring import Data, open_archive, settings_of


def share(
    context: typer.Context,
    ids: Identities,
    *,
    server: Annotated[int, typer.Option(min=1, help="Discord's id of the server that added them.")],
    data: Data = None,
) -> None:
    """Share articles that a Discord server added for itself: the operator owns them from then on."""
    from retrieval.guilds.sharing import share as share_article

    with open_archive(settings_of(context, data)) as archive:
        for id_ in ids:
            share_article(archive, f"guild:{server}", id_)
            messages().print(f"shared {plain(id_)}")
