"""Ingest the articles that the answer models are trained on, unless the archive is there already.

    python -m training.archive [--data FOLDER] [--limit N]

Ships nothing: ranker, reranker and question encoder read the archive. Takes most of an hour on two cores.
"""

import subprocess
import sys
from pathlib import Path

from training.answer_models.delivery import answer_options
from training.delivery import ROOT

ARTICLES = ("modern.jsonl", "bbc.jsonl")


def main() -> None:
    """Ingest the articles into the data folder."""
    given = answer_options(__doc__).parse_args()
    if (given.data / "archive.sqlite").exists():
        print(f"{given.data} is there already")
        return
    given.data.mkdir(parents=True)
    files = [given.shared / "archive" / name for name in ARTICLES]
    if given.limit:
        files = [_first(file, given.limit, given.data) for file in files]
    command = [sys.executable, "-m", "cli", "ingest", *map(str, files), "--data", str(given.data)]
    subprocess.run(command, cwd=ROOT, check=True)


def _first(file: Path, count: int, folder: Path) -> Path:
    """Write the first articles of a file to `folder`."""
    some = folder / file.name
    with file.open(encoding="utf-8") as lines:
        some.write_text("".join(line for _, line in zip(range(count), lines, strict=False)), encoding="utf-8")
    return some


if __name__ == "__main__":
    main()
