"""The one place where this benchmark touches the product: the archive's quotations, and `ontherecord ask`."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.false_yes.values import Said
from retrieval.domain import Certainty, Kind, SpeakerKind
from retrieval.store.archive import Archive

ROOT = Path(__file__).parents[3]
BESIDE = 60
"""Characters of the article around reported speech."""


def quotations(data: Path) -> Iterator[Said]:
    """Yield direct quotations and reported speech of people who are named as certain."""
    archive = Archive.open(data)
    for listing in archive.listing():
        text = archive.article(listing.article).text
        for unit in archive.units_of(listing.article):
            quotation, span = unit.quotation, unit.span
            speaker = quotation.speaker if quotation else None
            if not quotation or not speaker or not speaker.name or quotation.kind not in (Kind.DIRECT, Kind.REPORTED):
                continue
            if speaker.certainty is Certainty.CERTAIN and speaker.kind is SpeakerKind.PERSON:
                around = text[max(0, span.start - BESIDE) : span.start] + " | " + text[span.end : span.end + BESIDE]
                reported = quotation.kind is Kind.REPORTED
                yield Said(span.of(text), speaker.name, listing.article, reported, around)
    archive.close()


def answers(data: Path, questions: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield what `ontherecord ask --batch --json` prints, as it comes, in the order of the questions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        rows = [json.dumps({"id": number, "question": question}) for number, question in enumerate(questions)]
        path.write_text("".join(row + "\n" for row in rows), "utf-8")
        command = [sys.executable, "-m", "cli", "ask", "--data", str(data), "--json", "--batch", str(path)]
        # one thread: two that share busy cores wait for each other, at three times the processor time
        environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", "ONTHERECORD_THREADS": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
            assert process.stdout is not None
            yield from map(json.loads, process.stdout)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
