"""The archive on which the answer models are trained."""

import subprocess
import sys
from pathlib import Path

from training.answer_models.delivery import TrainingFiles
from training.delivery import ROOT

ARTICLES = ("modern.jsonl", "bbc.jsonl", "press.jsonl")
"""The files of the benchmark's articles that the training questions are about."""


def ensure_archive(files: TrainingFiles) -> None:
    """Ingest the articles unless the archive is there; some minutes for each thousand of them."""
    if (files.archive / "archive.sqlite").exists():
        return
    files.archive.mkdir(parents=True)
    paths = [files.shared / "archive" / name for name in ARTICLES]
    if files.limit:
        paths = [_first(path, files.limit, files.work) for path in paths]
    command = [sys.executable, "-m", "cli", "ingest", *map(str, paths), "--data", str(files.archive)]
    subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True)


def _first(path: Path, count: int, folder: Path) -> Path:
    """Write the first articles of a file to `folder`."""
    some = folder / path.name
    with path.open(encoding="utf-8") as lines:
        some.write_text("".join(line for _, line in zip(range(count), lines, strict=False)), encoding="utf-8")
    return some
