"""`ontherecord articles edit`: correct the facts of an article."""

from typing import Annotated, Any

import typer

from cli.articles.shared import Identity, Owner
from cli.output import messages, plain
from cli.wiring import Data, open_archive, open_engine, open_ingester, settings_of
from retrieval.domain import OPERATOR
from retrieval.errors import ArchiveError


def edit(
    context: typer.Context,
    id_: Identity,
    *,
    title: Annotated[str | None, typer.Option(help="The headline.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="An author. May be repeated.")] = None,
    publisher: Annotated[str | None, typer.Option(help="The publisher; '' if it is unknown.")] = None,
    published: Annotated[str | None, typer.Option(help="The date, or date and time; '' if it is unknown.")] = None,
    url: Annotated[str | None, typer.Option(help="The address; '' if it has none.")] = None,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Correct what is known about an article. The correction stays when its source is read again."""
    given = {"title": title, "authors": author, "publisher": publisher, "published": published, "url": url}
    edits = checked({field: value for field, value in given.items() if value is not None})
    settings = settings_of(context, data)
    with open_archive(settings) as archive:
        ingester = open_ingester(archive, settings)
        for _ in ingester.edit(owner, id_, edits):
            messages().print(f"corrected {', '.join(edits)} of {plain(id_)}")
        open_engine(archive, ingester.encoder).save()


def checked(edits: dict[str, Any]) -> dict[str, Any]:
    """Return the edits as the archive stores them. Raises ArchiveError for an invalid date, address or title."""
    from retrieval.readers.dates import normalise_date, utc_now
    from retrieval.readers.identity import canonical_url

    if not edits:
        raise ArchiveError("say what to correct: --title, --author, --publisher, --published or --url")
    if edits.get("title") == "":
        raise ArchiveError("an article can't be without a title")
    if edits.get("published"):
        day = edits["published"]
        edits["published"] = normalise_date(day, utc_now())
        if edits["published"] is None:
            raise ArchiveError(f"{day} can't be when it was published: give a date up to today, such as 2024-05-06")
    if edits.get("url"):
        address = edits["url"]
        edits["url"] = canonical_url(address)
        if edits["url"] is None:
            raise ArchiveError(f"{address} isn't an http or https address")
    return {field: None if value == "" else value for field, value in edits.items()}
