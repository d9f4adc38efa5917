"""`ontherecord articles history`: the versions of an article."""

from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table

from cli.articles.shared import Identity, Owner
from cli.output import AsJson, messages, page, plain, write_line
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR

if TYPE_CHECKING:
    from retrieval.answering.history import ArticleHistory, HistoryEntry


def history(
    context: typer.Context, id_: Identity, *, owner: Owner = OPERATOR, as_json: AsJson = False, data: Data = None
) -> None:
    """List the versions of an article, with the first and last day of each."""
    story = story_of(context, id_, owner, data)
    if as_json:
        for version in story.versions:
            write_line(version_object(version))
        return
    table = Table("version", "from", "until", "title", "quotations changed", "taken out")
    for version in story.versions:
        row = (version.since[:10], (version.until or "")[:10], plain(version.article.title))
        table.add_row(str(version.article.version), *row, str(version.changed), str(version.taken_out))
    page(table=True).print(table)
    if story.why:
        messages().print(plain(f"{story.why.value}: {story.reason}" if story.reason else story.why.value))


def story_of(context: typer.Context, id_: str, owner: str, data: Any) -> "ArticleHistory":
    """Return the versions of an article that `owner` may see. Raises NotFound."""
    from retrieval.answering.history import VersionHistory

    with open_archive(settings_of(context, data)) as archive:
        return VersionHistory(archive).of(id_, {owner})


def version_object(version: "HistoryEntry") -> dict[str, Any]:
    """Return the JSON object of one version."""
    return {
        "id": version.article.id,
        "version": version.article.version,
        "since": version.since,
        "until": version.until,
        "title": version.article.title,
        "changed": version.changed,
        "taken_out": version.taken_out,
    }
