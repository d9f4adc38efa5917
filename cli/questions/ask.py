"""`ontherecord ask`: answer a question with quotations from the archive, or say that it holds no answer."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import AsJson, page, plain, write_line
from cli.questions.output import print_citation
from cli.wiring import Data, open_answerer, settings_of
from retrieval.domain import Answer, Verdict

if TYPE_CHECKING:
    from retrieval.answering.answerer import Answerer

_VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted: these words say otherwise",
    Verdict.MISATTRIBUTED: "misattributed: somebody else said it",
    Verdict.RELATED: "related: not these words, but this on the same",
    Verdict.NOT_FOUND: "not found",
}


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
    """Answer QUESTION from the archive: who said it, what a person said, whether they did, how many, when, where."""
    if bool(question and question.strip()) == (batch is not None):
        raise typer.BadParameter("give a QUESTION, or a file of them with --batch")
    rows = read_rows(batch) if batch else [{"question": str(question)}]
    with open_answerer(settings_of(context, data)) as answerer:
        for row in rows:
            if as_json:
                print_row(answerer, row.get("id"), row["question"], limit)
            else:
                print_answer(answerer.answer(row["question"], limit=limit))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the object of each line of a file of questions. Raises ReadError, which names the line."""
    from retrieval.readers.text_files.json_lines import read_objects

    return [row for _, row in read_objects(path, "question")]


def print_row(answerer: "Answerer", identity: object, question: str, limit: int) -> None:
    """Answer one question, and print the answer with the seconds that it took as a JSON object."""
    from retrieval.answering.serialization import answer_object

    started = time.perf_counter()
    answer = answerer.answer(question, limit=limit)
    write_line({"id": identity} | answer_object(answer) | {"seconds": round(time.perf_counter() - started, 4)})


def print_answer(answer: Answer) -> None:
    """Print the verdict, the citations and the near misses of an answer."""
    console = page()
    if answer.verdict:
        style = "bold green" if answer.verdict is Verdict.SUPPORTED else "bold yellow"
        console.print(f"[{style}]{_VERDICTS[answer.verdict]}[/]")
    if answer.did_you_mean:
        console.print(f"The archive has nobody of that name. Did you mean {plain(answer.did_you_mean)}?")
    for citation in answer.citations:
        print_citation(console, citation)
    if not answer.answered:
        console.print("The archive doesn't say." + (" The nearest that it has:" if answer.near_misses else ""))
    for miss in answer.near_misses:
        console.print(f"[yellow]{plain(str(miss.reason))}:[/yellow]")
        print_citation(console, miss.citation)
