"""`ontherecord articles`: what the archive holds, and how to correct or remove it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.ask import named
from cli.output import AsJson, messages, page, plain, visible, write_line
from cli.wiring import Data, open_archive, open_engine, open_ingester, settings_of
from retrieval.domain import OPERATOR, Article
from retrieval.errors import ArchiveError, NotFound

if TYPE_CHECKING:
    from retrieval.store.archive import Archive
    from retrieval.store.records import Listing, Unit

app = typer.Typer(no_args_is_help=True, help="List, show, correct and remove the articles of the archive.")

Owner = Annotated[str, typer.Option(hidden=True)]
Identity = Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `articles list` gives it.")]


@app.command("list")
def list_articles(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """Every article, in the order in which they came in."""
    with open_archive(settings_of(context, data)) as archive:
        listing = archive.listing()
    if as_json:
        for line in listing:
            write_line(listing_line(line))
    else:
        page(table=True).print(listing_table(listing))


def listing_line(line: "Listing") -> dict[str, Any]:
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


def listing_table(listing: list["Listing"]) -> Table:
    table = Table("id", "title", "publisher", "published", "quotations")
    for line in listing:
        published = (line.published or "")[:10]
        table.add_row(plain(line.id), plain(line.title), plain(line.publisher or ""), published, str(line.quotations))
    return table


@app.command()
def show(
    context: typer.Context, id_: Identity, *, owner: Owner = OPERATOR, as_json: AsJson = False, data: Data = None
) -> None:
    """The whole text of an article, its quotations with their speakers, and those that were taken out."""
    from retrieval.answering.history import History
    from retrieval.answering.serialization import earlier_object

    with open_archive(settings_of(context, data)) as archive:
        seq, article = found(archive, id_, owner)
        quotations = [unit for unit in archive.units_of(seq) if unit.quotation]
        gone = History(archive).taken_out(article)
    if as_json:
        write_line(article_line(article, quotations) | {"taken_out": [earlier_object(each) for each in gone]})
        return
    print_article(article, quotations)
    for each in gone:
        page().print(f"[dim]until {each.until.isoformat()}, {plain(each.speaker or 'speaker unclear')}:[/dim] ", end="")
        page().print(visible(each.text), style="strike", markup=False)


def found(archive: "Archive", id_: str, owner: str) -> tuple[int, Article]:
    article = archive.find(id_, {owner})
    if article is None:
        raise NotFound(f"the archive holds no article {id_}; `ontherecord articles list` shows what there is")
    return article


def article_line(article: Article, quotations: list["Unit"]) -> dict[str, Any]:
    from cli.quotes import row

    fields = ("id", "title", "publisher", "published", "modified", "url", "summary", "language", "source", "owner")
    return {
        **{field: getattr(article, field) for field in fields},
        "authors": list(article.authors),
        "version": article.version,
        "text": article.text,
        "quotations": [row(article, unit.quotation) for unit in quotations if unit.quotation],
    }


def print_article(article: Article, quotations: list["Unit"]) -> None:
    console = page()
    console.print(visible(article.title), style="bold", markup=False)
    about = (article.publisher, article.published, ", ".join(article.authors), article.url, article.source)
    console.print(visible(" · ".join(part for part in about if part)), style="dim", markup=False)
    console.print(f"\n{visible(article.text)}\n", markup=False)
    for unit in quotations:
        speaker = unit.quotation.speaker if unit.quotation else None
        who = named(speaker) if speaker else "nobody's words"
        console.print(f"[cyan]{plain(who)}[/cyan]: {plain(unit.span.of(article.text))}")


@app.command()
def edit(
    context: typer.Context,
    id_: Identity,
    *,
    title: Annotated[str | None, typer.Option(help="The headline.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Who wrote it. May be repeated.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it; '' if nobody knows.")] = None,
    published: Annotated[str | None, typer.Option(help="The date, or date and time; '' if nobody knows.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address; '' if it has none.")] = None,
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
    """As they are stored. Raises ArchiveError for what isn't a date, an address or a title."""
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


@app.command()
def remove(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="The articles' ids.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be removed, and leave it there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Remove without asking.")] = False,
    owner: Owner = OPERATOR,
    data: Data = None,
) -> None:
    """Remove articles, with their quotations. No answer to come can cite them, and reading their words again, from
    wherever, changes nothing.

    `articles restore` undoes it, until `articles purge` wipes their words out.
    """
    console = messages()
    with open_archive(settings_of(context, data)) as archive:
        articles = [found(archive, id_, owner)[1] for id_ in ids]
        for article in articles:
            console.print(f"{plain(article.id)}  {plain(article.title)}")
        if dry_run:
            console.print(f"{len(articles)} would be removed")
            return
        if not yes:
            typer.confirm(f"Remove {len(articles)} from the archive?", abort=True, err=True)
        gone = [article for article in articles if archive.remove(article.owner, article.id)]
        console.print(f"{len(gone)} removed")
        for article in gone:
            if archive.kept_away(article.owner, "", article.text) is None:
                console.print(f"the words of {plain(article.id)} stand in another article too")
