"""Options and look-ups that several commands on articles share."""

from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.domain import Article
from retrieval.errors import NotFound

if TYPE_CHECKING:
    from retrieval.store.archive import Archive

Owner = Annotated[str, typer.Option(hidden=True)]
Identity = Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `articles list` shows it.")]
Identities = Annotated[list[str], typer.Argument(metavar="ID…", help="The ids of the articles.")]


def found(archive: "Archive", id_: str, owner: str) -> tuple[int, Article]:
    """Return an article of `owner` with its row in the archive. Raises NotFound."""
    article = archive.find(id_, {owner})
    if article is None:
        raise NotFound(f"the archive holds no article {id_}; `ontherecord articles list` shows what there is")
    return article
