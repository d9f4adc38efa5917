"""`ontherecord articles purge`: delete the text of removed articles, or of earlier versions, for good."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.articles.shared import Owner
from cli.output import AsJson, messages, plain, write_line
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR
from retrieval.errors import ArchiveError, NotFound

if TYPE_CHECKING:
    from retrieval.store.deletion.purge import DeletedArticle, KeptVersions

    Doomed = TypeVar("Doomed", DeletedArticle, KeptVersions)

_NOT_REMOVED = (
    "no article {id} was removed; `ontherecord articles remove` comes first, or --earlier-versions wipes out what it "
    "said before"
)
_NOTHING_BEFORE = "the archive holds no article {id} that said something else before"

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="The ids of the articles.")]
EarlierVersions = Annotated[
    bool, typer.Option("--earlier-versions", help="The earlier versions of articles that are kept.")
]


def purge(
    context: typer.Context,
    ids: Ids = None,
    *,
    before: EarlierVersions = False,
    everything: Annotated[bool, typer.Option("--all", help="Of all articles, those of Discord servers too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be deleted, and delete nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    owner: Owner = OPERATOR,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Delete the text of removed and withdrawn articles from the archive's file. That can't be undone.

    With --earlier-versions the earlier versions of articles are deleted instead, and the present ones stay.
    """
    from retrieval.search.local.engine import LocalEngine

    if not (ids or everything or dry_run):
        raise ArchiveError("name the articles to purge, or all of them with --all")
    owners = {owner} if ids else None
    with open_archive(settings_of(context, data)) as archive:
        aside = [] if before else chosen(archive.deleted_articles(owners), ids, _NOT_REMOVED)
        earlier = chosen(archive.earlier_versions(owners), ids, _NOTHING_BEFORE) if before else []
        amount = told(aside, earlier, as_json)
        if dry_run:
            messages().print(f"{amount} would be wiped out")
            return
        if not yes:
            typer.confirm(f"Wipe out {amount}? This can't be undone.", abort=True, err=True)
        archive.purge(aside, earlier)
        LocalEngine(archive).save()
        messages().print(f"{amount} wiped out; backups and copies of the data folder may still hold them")


def chosen(found: "list[Doomed]", ids: list[str] | None, missing: str) -> "list[Doomed]":
    """Return the entries with these ids, or all. Raises NotFound with the text `missing` for an unknown id."""
    for id_ in ids or ():
        if id_ not in {each.id for each in found}:
            raise NotFound(missing.format(id=id_))
    return [each for each in found if not ids or each.id in ids]


def told(aside: "Sequence[DeletedArticle]", earlier: "Sequence[KeptVersions]", as_json: bool) -> str:
    """Print each entry, and return their number and size as a phrase."""
    for each in aside:
        show_aside(each, as_json)
    for one in earlier:
        show_earlier(one, as_json)
    every: list[DeletedArticle | KeptVersions] = [*aside, *earlier]
    versions, size = sum(each.versions for each in every), sum(each.size for each in every) / 1000
    if earlier:
        return f"{versions} earlier versions of {len(earlier)} articles, {size:,.0f} kB"
    return f"{len(aside)} articles, with {versions} earlier versions, {size:,.0f} kB"


def show_aside(aside: "DeletedArticle", as_json: bool) -> None:
    """Print one removed article."""
    if as_json:
        line = {"id": aside.id, "owner": aside.owner, "why": aside.why.value, "reason": aside.reason}
        write_line(line | {"removed_at": aside.removed_at})
        return
    why = f"{aside.why.value} {aside.removed_at[:10]}" + (f": {aside.reason}" if aside.reason else "")
    messages().print(f"{plain(aside.id)}  {plain(aside.title)}  [dim]{plain(why)}[/dim]")


def show_earlier(earlier: "KeptVersions", as_json: bool) -> None:
    """Print the number of earlier versions of one article."""
    if as_json:
        write_line({"id": earlier.id, "owner": earlier.owner, "earlier_versions": earlier.versions})
    else:
        number = f"{earlier.versions} earlier versions"
        messages().print(f"{plain(earlier.id)}  {plain(earlier.title)}  [dim]{number}[/dim]")
