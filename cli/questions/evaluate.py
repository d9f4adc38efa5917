"""`ontherecord evaluate`: score the archive on questions whose answers are known, to compare versions."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import track
from rich.table import Table

from cli.output import AsJson, messages, page, write_line
from cli.wiring import Data, open_answerer, settings_of
from retrieval.errors import ArchiveError, ReadError

if TYPE_CHECKING:
    from retrieval.evaluation.scores import EvaluationScores


def evaluate(
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions whose answers are known.")],
    *,
    floor: Annotated[
        list[str] | None, typer.Option(metavar="MEASURE=VALUE", help="End with status 1 below this; may be repeated.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Write the run here, to compare a later one against it.")] = None,
    against: Annotated[Path | None, typer.Option(help="A saved run: show what has changed since.")] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Score the archive on QUESTIONS: recall, right speaker, correct refusals, verbatim words, seconds.

    A line of QUESTIONS is {"id", "type", "question", "docs", "speaker", "speaker_aliases", "quote", "answer",
    "evidence"}; type is who_said, what_said, attributed, misattributed, fact or unanswerable.
    """
    floors = dict(map(_floor, floor or []))
    before = _read_run(against) if against else {}
    scores = _run(context, questions, data)
    unknown = sorted(floors.keys() - scores.measures.keys())
    if unknown:
        raise ArchiveError(f"no measure is called {unknown[0]}; there are {', '.join(scores.measures)}")
    if save:
        _write_run(save, scores)
    if as_json:
        write_line({"questions": scores.questions, **scores.measures})
    else:
        page(table=True).print(_table(scores, before))
    below = [name for name, lowest in floors.items() if scores.measures[name] < lowest]
    for name in below:
        messages().print(f"[red]below its floor:[/red] {name} is {scores.measures[name]:.1f}, not {floors[name]:g}")
    if below:
        raise typer.Exit(1)


def _run(context: typer.Context, path: Path, data: Path | None) -> "EvaluationScores":
    from retrieval.evaluation.questions import read_questions
    from retrieval.evaluation.scores import judge, score

    questions = read_questions(path)
    if not questions:
        raise ReadError(str(path), "holds no question")
    results = []
    with open_answerer(settings_of(context, data)) as answerer:
        for question in track(questions, "Asking", console=messages()):
            started = time.perf_counter()
            answer = answerer.answer(question.question)
            results.append(judge(question, answer, time.perf_counter() - started))
    return score(results)


def _floor(stated: str) -> tuple[str, float]:
    name, _, value = stated.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise typer.BadParameter(f"{stated} is not MEASURE=VALUE, such as right_first_time=60") from None


def _table(scores: "EvaluationScores", before: dict[str, Any]) -> Table:
    table = Table("measure", "value", *(["before", "change"] if before else []), title=f"{scores.questions} questions")
    for name, value in scores.measures.items():
        old = before.get("measures", {}).get(name)
        compared = [f"{old:.2f}", f"{value - old:+.2f}"] if old is not None else ["", ""]
        table.add_row(name, f"{value:.2f}", *(compared if before else []))
    was = {row["id"]: row["first_time"] for row in before.get("results", [])}
    for heading, wanted in (("now right", False), ("no longer right", True)):
        turned = [r.id for r in scores.results if was.get(r.id) is wanted and r.first_time is not wanted]
        if turned:
            table.add_section()
            table.add_row(heading, str(len(turned)), *(["", " ".join(turned)] if before else []))
    return table


def _write_run(path: Path, scores: "EvaluationScores") -> None:
    try:
        path.write_text(json.dumps(asdict(scores), indent=1) + "\n", "utf-8")
    except OSError as error:
        raise ArchiveError(f"{path} can't be written: {error.strerror}") from error


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(path.read_text("utf-8"))
        return {"measures": dict(run["measures"]), "results": list(run["results"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise ReadError(str(path), "is no run that --save has written") from None
