"""`ontherecord articles restore` and `purge`: what becomes of articles that were removed."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.articles import Owner
from cli.output import AsJson, messages, plain, write_line
from cli.wiring import Data, open_archive, settings_of
from retrieval.articles import OPERATOR
from retrieval.errors import ArchiveError, NotFound

if TYPE_CHECKING:
    from retrieval.store.archive import Archive
    from retrieval.store.purging import Aside

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="The ids of removed or withdrawn articles.")]


def put_back(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="The articles' ids.")],
    *,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Put removed or withdrawn articles back. One that was purged can only be read again, which this allows."""
    with open_archive(settings_of(context, data)) as archive:
        for id_ in ids:
            if archive.restore(owner, id_):
                messages().print(f"restored {plain(id_)}")
            elif archive.let_in(owner, id_):
                messages().print(f"the words of {plain(id_)} are purged; ingest its source to have it again")
            else:
                raise NotFound(f"no article {id_} was removed; `ontherecord articles purge --dry-run` lists those")


def purge(
    context: typer.Context,
    ids: Ids = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that were removed, by servers too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be wiped out, and leave it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Wipe it out without asking.")] = False,
    owner: Owner = OPERATOR,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Wipe the words of removed and withdrawn articles out of the archive's file. That can't be undone."""
    from retrieval.engines.local import LocalEngine
    from retrieval.store.purging import purge as wipe

    if not (ids or everything or dry_run):
        raise ArchiveError("name the articles to purge, or all of them with --all")
    console = messages()
    with open_archive(settings_of(context, data)) as archive:
        aside = lying(archive, ids, owner)
        for each in aside:
            show(each, as_json)
        versions, size = sum(each.versions for each in aside), sum(each.size for each in aside) / 1000
        amount = f"{len(aside)} articles, with {versions} earlier versions, {size:,.0f} kB"
        if dry_run:
            console.print(f"{amount} would be wiped out")
            return
        if not yes:
            typer.confirm(f"Wipe out {amount}? This can't be undone.", abort=True, err=True)
        wipe(archive, aside)
        LocalEngine(archive).save()
        console.print(f"{amount} wiped out; backups and copies of the data folder may still hold them")


def lying(archive: "Archive", ids: list[str] | None, owner: str) -> list["Aside"]:
    from retrieval.store.purging import lying_aside

    if not ids:
        return lying_aside(archive)
    aside = [each for each in lying_aside(archive, {owner}) if each.id in ids]
    if missing := set(ids) - {each.id for each in aside}:
        raise NotFound(f"no article {min(missing)} was removed; `ontherecord articles remove` comes first")
    return aside


def show(aside: "Aside", as_json: bool) -> None:
    if as_json:
        line = {"id": aside.id, "owner": aside.owner, "why": aside.why.value, "reason": aside.reason}
        write_line(line | {"removed_at": aside.removed_at})
        return
    told = f"{aside.why.value} {aside.removed_at[:10]}" + (f": {aside.reason}" if aside.reason else "")
    messages().print(f"{plain(aside.id)}  {plain(aside.title)}  [dim]{plain(told)}[/dim]")
