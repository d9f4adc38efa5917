"""`ontherecord articles restore`: back with what was removed."""

from typing import Annotated

import typer

from cli.articles import Owner
from cli.output import messages, plain
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR
from retrieval.errors import NotFound


def put_back(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="The articles' ids.")],
    *,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help="Leave them removed, and let their words in under another id.")
    ] = False,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Put removed or withdrawn articles back. One that was purged can only be read again, which this allows."""
    with open_archive(settings_of(context, data)) as archive:
        for id_ in ids:
            if elsewhere:
                if not archive.lift_text_tombstone(owner, id_):
                    raise NotFound(f"no words of an article {id_} are kept away")
                messages().print(f"the words of {plain(id_)} may come in under another id")
            elif archive.restore(owner, id_):
                messages().print(f"restored {plain(id_)}")
            elif archive.lift_tombstone(owner, id_):
                messages().print(f"the words of {plain(id_)} are purged; ingest its source to have it again")
            else:
                raise NotFound(f"no article {id_} was removed; `ontherecord articles purge --dry-run` lists those")
