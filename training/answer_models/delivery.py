"""The files that pass between the programs of the answer models, and how their results are handed over."""

import hashlib
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.evaluation.questions import KnownQuestion, read_questions
from retrieval.weights.files import FITTED, HASHES
from training.delivery import DATA, ROOT, made, options


@dataclass(frozen=True, slots=True)
class TrainingFiles:
    """Where the data of a run lie. `archive` is the data folder of an archive, `work` holds what programs pass on."""

    shared: Path
    archive: Path
    work: Path
    limit: int | None

    @property
    def vectors(self) -> Path:
        """The question vectors of encoders that have never seen the question."""
        return self.work / "question_vectors.npz"

    @property
    def cross_scores(self) -> Path:
        """The scores of cross-encoders that have never seen the question."""
        return self.work / "cross_scores.json"

    @property
    def written(self) -> tuple[Path, Path]:
        """The questions on which the reranker is fitted first."""
        return DATA / "questions_1.jsonl", DATA / "questions_2.jsonl"

    @property
    def written_for_trust(self) -> Path:
        """The questions on which the ranker learns when to decline."""
        return DATA / "questions_3.jsonl"

    def questions(self, name: str = "questions_train.jsonl") -> list[KnownQuestion]:
        """Return the benchmark's questions in a file, at most `limit`."""
        return read_questions(self.shared / "bench" / name)[: self.limit]


def answer_options(description: str | None) -> ArgumentParser:
    """Return a parser with the options of every program, and where archive and intermediate files lie."""
    parser = options(description)
    build = ROOT / "build" / "models"
    parser.add_argument("--data", type=Path, default=build / "archive", help="data folder of the archive (%(default)s)")
    parser.add_argument("--work", type=Path, default=build, help="what the programs pass on (%(default)s)")
    return parser


def training_files(given: Namespace) -> TrainingFiles:
    """Return the files that the options name; the folder for what is passed on is made."""
    given.work.mkdir(parents=True, exist_ok=True)
    return TrainingFiles(given.shared, given.data, given.work, given.limit)


def deliver(name: str, content: bytes, figures: Mapping[str, float], *, write: bool) -> None:
    """Report a fitted file; with `write`, put it in place and note its hash."""
    made(FITTED / name, content, figures, write=write)
    if write:
        path = FITTED / HASHES
        hashes = json.loads(path.read_text(encoding="utf-8")) | {name: hashlib.sha256(content).hexdigest()}
        path.write_text(json.dumps(dict(sorted(hashes.items())), indent=2) + "\n", encoding="utf-8")
