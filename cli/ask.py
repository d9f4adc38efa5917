"""`ontherecord ask`: the words that answer a question, or an honest no."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cli.output import AsJson, page, plain, visible, write_line
from cli.wiring import Data, open_answerer, settings_of
from retrieval.answering.serialization import answer_object
from retrieval.domain import Answer, Certainty, Citation, Kind, Speaker
from retrieval.readers.text_files.json_lines import read_objects

if TYPE_CHECKING:
    from retrieval.answering.answerer import Answerer


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What you want to know, in your own words.")] = None,
    *,
    batch: Annotated[
        Path | None, typer.Option(help='JSON Lines with a "question" each, and an "id" that comes back.')
    ] = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=20, help="How many citations at most.")] = 5,
    data: Data = None,
) -> None:
    """Ask the archive QUESTION: who said it, what somebody said, whether they said it, how many, when, where."""
    if bool(question and question.strip()) == (batch is not None):
        raise typer.BadParameter("give a QUESTION, or a file of them with --batch")
    rows = [row for _, row in read_objects(batch, "question")] if batch else [{"question": str(question)}]
    with open_answerer(settings_of(context, data)) as answerer:
        for row in rows:
            if as_json:
                print_row(answerer, row.get("id"), row["question"], limit)
            else:
                print_answer(answerer.answer(row["question"], limit=limit))


def print_row(answerer: "Answerer", identity: object, question: str, limit: int) -> None:
    started = time.perf_counter()
    answer = answerer.answer(question, limit=limit)
    write_line({"id": identity} | answer_object(answer) | {"seconds": round(time.perf_counter() - started, 4)})


def print_answer(answer: Answer) -> None:
    console = page()
    if answer.verdict:
        console.print(f"[bold]{answer.verdict.value.replace('_', ' ')}[/bold]")
    for citation in answer.citations:
        print_citation(console, citation)
    if not answer.answered:
        console.print("The archive doesn't say." + (" The nearest that it has:" if answer.near_misses else ""))
    for miss in answer.near_misses:
        console.print(f"[yellow]{plain(miss.reason)}:[/yellow]")
        print_citation(console, miss.citation)


def print_citation(console: Console, citation: Citation) -> None:
    """The words first; quotation marks only around what somebody is quoted as saying."""
    quoted = citation.kind not in (Kind.TEXT, Kind.REPORTED)
    words = visible(citation.text)
    console.print(f"“{words}”" if quoted else words, style="bold green", markup=False)
    if citation.speaker:
        console.print(f"  — {visible(named(citation.speaker))}", markup=False)
    article = citation.article
    when = str(citation.said_on or (article.published or "")[:10])
    source = " · ".join(part for part in (when, article.title, article.publisher) if part)
    console.print(f"  {visible(source)}", style="dim", markup=False)
    if article.url:
        console.print(f"  {visible(article.url)}", style="dim", markup=False)
    for line in beside(citation):
        console.print(f"  {visible(line)}", style="dim", markup=False)
    console.print()


def beside(citation: Citation) -> Iterator[str]:
    """Where else the words stand, and what stood there before."""
    if citation.also_in:
        others = "other" if len(citation.also_in) == 1 else "others"
        where = dict.fromkeys(copy.publisher or copy.id for copy in citation.also_in)
        yield f"also in {len(citation.also_in)} {others}: {', '.join(where)}"
    for earlier in citation.earlier:
        same = " ".join(earlier.text.split()) == " ".join(citation.text.split())
        words = f"“{earlier.text}”" if earlier.kind not in (Kind.TEXT, Kind.REPORTED) else f"reported: {earlier.text}"
        yield f"was: {f'said by {earlier.speaker}' if same else words}, until {earlier.until.isoformat()}"


def named(speaker: Speaker) -> str:
    if speaker.certainty is Certainty.UNCLEAR or not speaker.name:
        return "speaker unclear"
    who = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    return who if speaker.certainty is Certainty.CERTAIN else f"probably {who}"
