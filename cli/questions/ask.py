"""`ontherecord ask`: answer a question with quotations from the archive, or say that it holds no answer."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import AsJson, write_line
from cli.wiring import Data, open_answering, settings_of
from retrieval.errors import ReadError

if TYPE_CHECKING:
    from retrieval.dialogue.dialogue import Dialogue
    from retrieval.dialogue.replies import DialogueReply

_BATCH = (
    'JSON Lines with a "question" each, and an "id" that comes back; "said_before" (earlier messages of the same '
    'person, oldest first), "language" and "today" may stand beside it.'
)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A message, what the same person said before it, their language, and the day on which it is said."""

    message: str
    said_before: tuple[str, ...] = ()
    language: str = "en"
    today: date | None = None

    @classmethod
    def of(cls, source: str, row: Mapping[str, Any]) -> "AskedLine":
        """Return the line of a batch. Raises ReadError for a field of another form."""
        before, language, today = row.get("said_before") or [], row.get("language") or "en", row.get("today")
        if not isinstance(before, list) or not all(isinstance(message, str) for message in before):
            raise ReadError(source, 'needs a list of texts in the field "said_before"')
        if not isinstance(language, str):
            raise ReadError(source, 'needs a text in the field "language"')
        try:
            day = date.fromisoformat(today) if today else None
        except (TypeError, ValueError):
            raise ReadError(source, 'needs a day in the field "today": 2026-03-31') from None
        return cls(row["question"], tuple(before), language, day)


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What you want to know, in your own words.")] = None,
    *,
    batch: Annotated[Path | None, typer.Option(help=_BATCH)] = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=20, help="How many citations at most.")] = 5,
    data: Data = None,
) -> None:
    """Answer QUESTION from the archive: who said it, what a person said, whether they did, how many, when, where.

    Lists, comparisons, pasted quotations and questions about the archive are understood too.
    """
    if bool(question and question.strip()) == (batch is not None):
        raise typer.BadParameter("give a QUESTION, or a file of them with --batch")
    lines = read_lines(batch) if batch else [(None, AskedLine(str(question)))]
    from cli.questions.replies import print_reply, reply_object

    with open_answering(settings_of(context, data)) as answering:
        for identity, line in lines:
            started = time.perf_counter()
            reply = reply_to(answering.dialogue, line, limit)
            if as_json:
                seconds = {"seconds": round(time.perf_counter() - started, 4)}
                write_line({"id": identity} | reply_object(reply) | seconds)
            else:
                print_reply(reply)


def read_lines(path: Path) -> list[tuple[object, AskedLine]]:
    """Return id and message of each line of a file. Raises ReadError, which names the line."""
    from retrieval.readers.text_files.json_lines import read_objects

    return [(row.get("id"), AskedLine.of(source, row)) for source, row in read_objects(path, "question")]


def reply_to(dialogue: "Dialogue", line: AskedLine, limit: int) -> "DialogueReply":
    """Return the reply to a message, with what was said before it replayed."""
    from retrieval.dialogue.dialogue import turn_after
    from retrieval.domain import Filters

    last = None
    for message in line.said_before:
        said = dialogue.reply(message, last, Filters(), language=line.language, today=line.today, limit=limit)
        last = turn_after(last, message, said)
    return dialogue.reply(line.message, last, Filters(), language=line.language, today=line.today, limit=limit)
