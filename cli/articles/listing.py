"""`ontherecord articles list`: one line an article."""

from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table

from cli.output import AsJson, page, plain, write_line
from cli.wiring import Data, open_archive, settings_of

if TYPE_CHECKING:
    from retrieval.store.records import ArticleListing


def list_articles(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """List every article, in the order in which they were added."""
    with open_archive(settings_of(context, data)) as archive:
        listing = archive.listing()
    if as_json:
        for line in listing:
            write_line(listing_object(line))
    else:
        page(table=True).print(listing_table(listing))


def listing_object(line: "ArticleListing") -> dict[str, Any]:
    """Return the JSON object of one line of the listing."""
    return {
        "id": line.id,
        "owner": line.owner,
        "version": line.version,
        "title": line.title,
        "publisher": line.publisher,
        "published": line.published,
        "source": line.source,
        "stored_at": line.stored_at,
        "passages": line.passages,
        "quotations": line.quotations,
    }


def listing_table(listing: list["ArticleListing"]) -> Table:
    """Return the listing as a table for the terminal."""
    table = Table("id", "title", "publisher", "published", "quotations")
    for line in listing:
        published = (line.published or "")[:10]
        table.add_row(plain(line.id), plain(line.title), plain(line.publisher or ""), published, str(line.quotations))
    return table
