"""`ontherecord articles show`: an article's text and quotations."""

from typing import TYPE_CHECKING, Any

import typer

from cli.articles.shared import Identity, Owner, found
from cli.output import AsJson, page, plain, visible, write_line
from cli.questions.output import quotation_object, speaker_label
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR, Article

if TYPE_CHECKING:
    from retrieval.store.records import Unit

FIELDS = ("id", "title", "publisher", "published", "modified", "url", "summary", "language", "source", "owner")


def show(
    context: typer.Context, id_: Identity, *, owner: Owner = OPERATOR, as_json: AsJson = False, data: Data = None
) -> None:
    """Show the text of an article, its quotations with their speakers, and the quotations that were taken out."""
    from retrieval.answering.history import VersionHistory
    from retrieval.answering.serialization import earlier_object

    with open_archive(settings_of(context, data)) as archive:
        seq, article = found(archive, id_, owner)
        quotations = [unit for unit in archive.units_of(seq) if unit.quotation]
        gone = VersionHistory(archive).taken_out(article)
    if as_json:
        write_line(article_line(article, quotations) | {"taken_out": [earlier_object(each) for each in gone]})
        return
    print_article(article, quotations)
    for each in gone:
        page().print(f"[dim]until {each.until.isoformat()}, {plain(each.speaker or 'speaker unclear')}:[/dim] ", end="")
        page().print(visible(each.text), style="strike", markup=False)


def article_line(article: Article, quotations: list["Unit"]) -> dict[str, Any]:
    """Return the JSON object of an article with its text and quotations."""
    return {
        **{field: getattr(article, field) for field in FIELDS},
        "authors": list(article.authors),
        "version": article.version,
        "text": article.text,
        "quotations": [quotation_object(article, unit.quotation) for unit in quotations if unit.quotation],
    }


def print_article(article: Article, quotations: list["Unit"]) -> None:
    """Print the title, the facts, the text and the quotations of an article."""
    console = page()
    console.print(visible(article.title), style="bold", markup=False)
    about = (article.publisher, article.published, ", ".join(article.authors), article.url, article.source)
    console.print(visible(" · ".join(part for part in about if part)), style="dim", markup=False)
    console.print(f"\n{visible(article.text)}\n", markup=False)
    for unit in quotations:
        speaker = unit.quotation.speaker if unit.quotation else None
        who = speaker_label(speaker) if speaker else "nobody's words"
        console.print(f"[cyan]{plain(who)}[/cyan]: {plain(unit.span.of(article.text))}")
