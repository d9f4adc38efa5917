"""Questions with known answers, read from JSON Lines."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import ReadError
from retrieval.readers.text_files.json_lines import read_objects

UNANSWERABLE, FACT = "unanswerable", "fact"
TYPES = ("who_said", "what_said", "attributed", "misattributed", FACT, UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question; `docs` hold its answer: `quote`, words of `speaker`, or a fact's `answer` and `evidence`."""

    id: str
    type: str
    question: str
    docs: frozenset[str]
    speaker: str | None = None
    aliases: tuple[str, ...] = ()
    quote: str | None = None
    answer: str | None = None
    evidence: str | None = None


def read_questions(path: Path) -> list[KnownQuestion]:
    """Return the questions of a file. Raises ReadError, which names the line and field."""
    return [_question(source, row) for source, row in read_objects(path, "question")]


def _question(source: str, row: dict[str, Any]) -> KnownQuestion:
    for name in ("docs", "speaker_aliases"):
        if not isinstance(row.get(name) or [], list):
            raise ReadError(source, f'the field "{name}" must be a list')
    docs = frozenset(map(str, row.get("docs") or []))
    kind = row.get("type") or (UNANSWERABLE if not docs else "who_said" if row.get("quote") else FACT)
    if kind not in TYPES:
        raise ReadError(source, f'the field "type" is none of {", ".join(TYPES)}')
    words = "evidence" if kind == FACT else "quote"
    if kind != UNANSWERABLE and not isinstance(row.get(words), str):
        raise ReadError(source, f'needs a text in the field "{words}"')
    return KnownQuestion(
        id=str(row.get("id", row["question"])),
        type=kind,
        question=row["question"],
        docs=docs,
        speaker=_text(row, "speaker"),
        aliases=tuple(map(str, row.get("speaker_aliases") or [])),
        quote=_text(row, "quote"),
        answer=_text(row, "answer"),
        evidence=_text(row, "evidence"),
    )


def _text(row: dict[str, Any], name: str) -> str | None:
    return None if row.get(name) is None else str(row[name])
