"""`ontherecord ask`: the words that answer a question, or an honest no."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from cli.wiring import Data, open_answerer, settings_of
from retrieval.articles import Answer, Citation, Kind
from retrieval.errors import ReadError
from retrieval.serialising import answer_object

if TYPE_CHECKING:
    from retrieval.answering import Answerer


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What you want to know, in your own words.")] = None,
    *,
    batch: Annotated[
        Path | None, typer.Option(help='JSON Lines with a "question" each, and an "id" that comes back.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout, for programs.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=20, help="How many citations at most.")] = 5,
    data: Data = None,
) -> None:
    """Ask the archive QUESTION: who said it, what somebody said, whether they said it, how many, when, where."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a QUESTION, or a file of them with --batch")
    asked = read_questions(batch) if batch else iter([(None, str(question))])
    with open_answerer(settings_of(context, data)) as answerer:
        for identity, text in asked:
            if as_json:
                print_row(answerer, identity, text, limit)
            else:
                print_answer(answerer.answer(text, limit=limit))


def read_questions(path: Path) -> Iterator[tuple[str | None, str]]:
    """The id and text of each question. Raises ReadError, naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"can't be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield read_question(f"{path}, line {number}", line)


def read_question(source: str, line: str) -> tuple[str | None, str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ReadError(source, f"is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise ReadError(source, 'needs a text in the field "question"')
    return row.get("id"), row["question"]


def print_row(answerer: "Answerer", identity: str | None, question: str, limit: int) -> None:
    started = time.perf_counter()
    answer = answerer.answer(question, limit=limit)
    row = {"id": identity} | answer_object(answer) | {"seconds": round(time.perf_counter() - started, 4)}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_answer(answer: Answer) -> None:
    console = Console(highlight=False)
    if answer.verdict:
        console.print(f"[bold]{answer.verdict.value.replace('_', ' ')}[/bold]")
    for citation in answer.citations:
        print_citation(console, citation)
    if not answer.answered:
        console.print("The archive doesn't say." + (" The nearest that it has:" if answer.near_misses else ""))
    for miss in answer.near_misses:
        console.print(f"[yellow]{escape(miss.reason)}:[/yellow]")
        print_citation(console, miss.citation)


def print_citation(console: Console, citation: Citation) -> None:
    """The words first; quotation marks only around what somebody is quoted as saying."""
    quoted = citation.kind not in (Kind.TEXT, Kind.REPORTED)
    words = f"“{citation.text}”" if quoted else citation.text
    console.print(words, style="bold green", markup=False)
    speaker, article = citation.speaker, citation.article
    if speaker:
        who = ", ".join(part for part in (speaker.name or "speaker unclear", speaker.role) if part)
        console.print(f"  — {who}", markup=False)
    when = str(citation.said_on or (article.published or "")[:10])
    source = " · ".join(part for part in (when, article.title, article.publisher) if part)
    console.print(f"  {source}", style="dim", markup=False)
    if article.url:
        console.print(f"  {article.url}", style="dim", markup=False)
    console.print()
