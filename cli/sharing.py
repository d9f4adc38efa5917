"""`ontherecord articles share`: what one Discord server added, for everybody."""

from typing import Annotated

import typer

from cli.output import messages, plain
from cli.wiring import Data, open_archive, settings_of


def share(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="The articles' ids.")],
    *,
    server: Annotated[int, typer.Option(min=1, help="Discord's id of the server that added them.")],
    data: Data = None,
) -> None:
    """Let everybody see articles that a Discord server added for itself. They are yours from then on."""
    from retrieval.guilds.sharing import share as share_article

    with open_archive(settings_of(context, data)) as archive:
        for id_ in ids:
            share_article(archive, f"guild:{server}", id_)
            messages().print(f"shared {plain(id_)}")
