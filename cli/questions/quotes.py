"""`ontherecord quotes`: the quotations of files, or of one speaker of the archive."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import AsJson, messages, page, plain, visible, write_line
from cli.questions.output import quotation_object
from cli.questions.speaker_quotes import print_speaker_quotes
from cli.wiring import Data, settings_of
from retrieval.answering.exports import ExportFormat
from retrieval.domain import Article, Kind, Quotation
from retrieval.errors import ArchiveError, ReadError

if TYPE_CHECKING:
    from retrieval.quotes.extractor import Extractor


def quotes(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Text, Markdown, HTML or JSON Lines files, or folders of them.")
    ] = None,
    *,
    as_json: AsJson = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Include what stands in quotation marks without being speech: titles, scare quotes."
        ),
    ] = False,
    speaker: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show the quotations of this speaker in the archive, instead of FILES."),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="With --speaker: only the quotations nearest in meaning to this topic."),
    ] = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="With --speaker: a file for a spreadsheet or a reference manager, on stdout."),
    ] = None,
    data: Data = None,
) -> None:
    """Find the quotations of FILES and name their speakers. Nothing is stored."""
    if bool(files) == bool(speaker):
        raise ArchiveError("give files to look through, or --speaker NAME to look in the archive")
    if form and (as_json or not speaker):
        raise ArchiveError("--format goes with --speaker NAME, and without --json")
    if speaker:
        print_speaker_quotes(settings_of(context, data), speaker, about, form or as_json)
        return
    _quotes_of(files or [], as_json, everything)


def _quotes_of(files: Sequence[Path], as_json: bool, everything: bool) -> None:
    from retrieval.quotes.extractor import Extractor
    from retrieval.quotes.syntax.parser import Parser

    failed = 0
    extractor = Extractor(Parser())
    for article in _articles(files):
        if isinstance(article, ReadError):
            messages().print(f"[red]error:[/red] {plain(str(article))}")
            failed += 1
            continue
        show = _print_rows if as_json else _print_page
        show(article, _extract(extractor, article, everything))
    if failed:
        raise ArchiveError(f"{failed} of the articles could not be read")


def _articles(files: Sequence[Path]) -> Iterator[Article | ReadError]:
    from retrieval.readers.files import find_files, read_path

    for path in find_files(files):
        yield from read_path(path)


def _extract(extractor: "Extractor", article: Article, everything: bool) -> tuple[Quotation, ...]:
    return extractor.extract(
        article.text, published=article.published, language=article.language, keep_mentions=everything
    )


def _print_rows(article: Article, found: Sequence[Quotation]) -> None:
    """Print one JSON line a quotation in order of their ends, so that nested words stand before those around them."""
    for quotation in sorted(found, key=lambda each: (each.span.end, -each.span.start)):
        write_line(quotation_object(article, quotation))


def _print_page(article: Article, found: Sequence[Quotation]) -> None:
    console = page()
    console.print(f"[bold]{plain(article.title)}[/bold]")
    for quotation in found:
        speaker = quotation.speaker
        who = (speaker.name or "speaker unclear") if speaker else "nobody's words"
        sure = f" [dim]({speaker.certainty.value})[/dim]" if speaker else ""
        reported = "reported: " if quotation.kind is Kind.REPORTED else ""
        console.print(f"  [cyan]{plain(who)}[/cyan]{sure}: {reported}", end="")
        console.print(visible(quotation.span.of(article.text)), style="green", markup=False)
