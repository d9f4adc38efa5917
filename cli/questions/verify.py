"""`ontherecord verify`: compare a quotation with the archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import AsJson, page, visible, write_line
from cli.questions.output import print_citation
from cli.wiring import Data, open_verifier, settings_of
from retrieval.errors import ReadError

if TYPE_CHECKING:
    from retrieval.answering.verification.verifier import Verification

_STYLES = {"exact": "green", "trimmed": "green", "altered": "yellow", "paraphrase": "yellow", "not_found": "red"}


def verify(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(help="The words, or a text whose quotations are all checked.")] = None,
    *,
    speaker: Annotated[str | None, typer.Option(help="The speaker to whom the words are attributed.")] = None,
    batch: Annotated[Path | None, typer.Option(help='JSON Lines with "text", and perhaps "id" and "speaker".')] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Check whether TEXT is in the archive, what was changed in it, and who said it."""
    if bool(text and text.strip()) == (batch is not None):
        raise typer.BadParameter("give a TEXT, or a file of them with --batch")
    texts = read_texts(batch) if batch else [(None, str(text), speaker)]
    with open_verifier(settings_of(context, data)) as verifier:
        for identity, words, said_by in texts:
            whole = speaker is not None or batch is not None
            found = (verifier.verify(words, said_by),) if whole else verifier.verify_message(words).checked
            if not found:
                _show_nothing(identity, words, as_json=as_json)
            for verification in found:
                _show(identity, verification, as_json=as_json)


def read_texts(path: Path) -> list[tuple[object, str, str | None]]:
    """Return id, text and speaker of each line of a file. Raises ReadError, which names the line."""
    from retrieval.readers.text_files.json_lines import read_objects

    rows = list(read_objects(path, "text"))
    for source, row in rows:
        if not isinstance(row.get("speaker"), str | None):
            raise ReadError(source, 'the field "speaker" must be a text or null')
    return [(row.get("id"), row["text"], row.get("speaker")) for _, row in rows]


def _show_nothing(identity: object, text: str, *, as_json: bool) -> None:
    if as_json:
        write_line({"id": identity, "text": text, "verdict": None})
        return
    page().print("There is neither a quotation nor a statement to check.")


def _show(identity: object, found: "Verification", *, as_json: bool) -> None:
    from retrieval.answering.serialization import verification_object

    if as_json:
        write_line({"id": identity} | verification_object(found))
        return
    console = page()
    verdict = found.verdict.value
    console.print(f"[bold {_STYLES[verdict]}]{verdict.replace('_', ' ')}[/]", end="")
    console.print(" [bold red](this may turn the sense)[/]" if found.stressed else "", end="")
    console.print(" [bold red](words of two quotations)[/]" if found.joined else "", end="")
    console.print(f"; speaker {found.speaker_verdict.value}" if found.speaker_verdict else "")
    for change in found.changes:
        difference = f"  given: {change.given or '—'}   real: {change.real or '—'}"
        console.print(visible(difference), style="yellow", markup=False)
    for citation in found.citations:
        print_citation(console, citation)
