"""`ontherecord articles restore`: undo the removal of articles."""

from typing import Annotated

import typer

from cli.articles.shared import Identities, Owner
from cli.output import messages, plain
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR
from retrieval.errors import NotFound


def restore(
    context: typer.Context,
    ids: Identities,
    *,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help="Leave them removed, and allow their text under another id.")
    ] = False,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Restore removed or withdrawn articles. A purged article can't be restored, but may then be ingested again."""
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
