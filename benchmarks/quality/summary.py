"""Print the table of README.md, measured anew: `make evaluate`.

    python -m benchmarks.quality.summary [--shared ../shared] [--data DIR]

DIR is the data folder of an archive of the benchmark's modern and BBC articles; where it is missing it is made, which
takes about half an hour on two cores. Rows whose data are missing are left out, with a sentence on stderr.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.quotes import found_rows, score
from benchmarks.quality.verification import Checked, check, wrongly_alarmed
from benchmarks.quality.verification_cases import cases, quotations
from cli.wiring import open_answerer, open_archive, open_verifier
from config.settings import Settings
from retrieval.evaluation.questions import read_questions
from retrieval.evaluation.scores import EvaluationScores, judge
from retrieval.evaluation.scores import score as score_answers
from retrieval.quotes.extractor import make_extractor
from training.speakers_gold import UNSEEN, archive, read_rows

COLLECTIONS = ("modern.jsonl", "bbc.jsonl")
Row = tuple[str, str]


def quotation_rows(shared: Path) -> Iterator[Row]:
    """Yield the rows on quotations and their speakers: the labelled articles, and those that nothing was fitted on."""
    script, gold, unseen = (
        shared / "bench" / "score_quotes.py",
        shared / "bench" / "quotes_dev.jsonl",
        read_rows(UNSEEN),
    )
    stored = archive(shared)
    docs = {row["doc"] for row in [*read_rows(gold), *unseen]}
    found, _ = found_rows(make_extractor(), {doc: stored[doc]["text"] for doc in sorted(docs)})
    result = score(script, gold=read_rows(gold), found=found)["3+ words"]
    yield "quotations found (F1), with the right speaker", f"{result['span_F1']}, {result['span+speaker_F1']}"
    certain = [row for row in found if row["speaker"] and row["speaker"]["certainty"] == "certain"]
    shown = score(script, gold=unseen, found=certain)["all"]
    share, right = shown["span_R"], shown["speaker_acc_of_matched"]
    yield f"of what is shown as certain ({share:.0f} of 100), the right speaker", f"{right:.0f} of 100"


def answer_rows(data: Path, questions: Path) -> Iterator[Row]:
    """Yield the rows on answers."""
    measures = scores_of(data, questions).measures
    yield (
        "“who said …” in other words: the right words and speaker first",
        f"{measures['who_said.right_speaker']:.0f} of 100",
    )
    unanswerable, answerable = measures["declined.unanswerable"], measures["declined.answerable"]
    yield (
        "declined, of questions that the archive can't answer; that it can",
        f"{unanswerable:.0f}, {answerable:.0f} of 100",
    )
    yield "citations that stand in their article, character for character", f"{measures['verbatim']:.1f} of 100"


def scores_of(data: Path, questions: Path) -> EvaluationScores:
    """Return the scores of every question of a file over an archive."""
    with open_answerer(Settings(data=data)) as answerer:
        asked = read_questions(questions)
        return score_answers([judge(question, answerer.answer(question.question), 0) for question in asked])


def verification_rows(data: Path, number: int = 150, seed: int = 1) -> Iterator[Row]:
    """Yield the row on altered quotations, out of `number` cases of each kind."""
    settings = Settings(data=data)
    with open_archive(settings) as stored, open_verifier(settings) as verifier:
        drawn = [*cases(list(quotations(stored)), number, random.Random(seed))]
        checked = [check(verifier, case) for case in drawn]
    altered = [one.right for one in checked if one.case.kind.startswith("altered")]
    unaltered = [wrongly_alarmed(one) for one in checked if is_unaltered(one)]
    yield "an altered quotation called altered; a true one", f"{percent(altered):.1f}, {percent(unaltered):.1f} of 100"


def is_unaltered(checked: Checked) -> bool:
    """Return whether a case has the article's own words."""
    return checked.case.kind == "exact" or checked.case.kind.startswith("trimmed")


def percent(of: list[bool]) -> float:
    """Return the percentage of true values."""
    return 100 * sum(of) / len(of)


def make_archive(data: Path, shared: Path) -> None:
    """Ingest the benchmark's articles, if the folder holds no archive."""
    if not (data / "archive.sqlite").exists():
        files = [str(shared / "archive" / name) for name in COLLECTIONS]
        subprocess.run([sys.executable, "-m", "cli", "ingest", "--data", str(data), *files], check=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder (%(default)s)")
    parser.add_argument("--data", type=Path, default=Path("build/evaluation"), help="the archive (%(default)s)")
    given = parser.parse_args()
    if not given.shared.is_dir():
        print(f"there is nothing to evaluate: {given.shared}, the benchmark's folder, isn't there", file=sys.stderr)
        return
    make_archive(given.data, given.shared)
    print("| | |\n|---|---|")
    for rows in (
        quotation_rows(given.shared),
        answer_rows(given.data, given.shared / "bench" / "questions_dev.jsonl"),
        verification_rows(given.data),
    ):
        for name, figures in rows:
            print(f"| {name} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
