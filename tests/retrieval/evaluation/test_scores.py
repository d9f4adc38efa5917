"""The measures of `ontherecord evaluate`: they say what the benchmark's own program says."""

import json
import random
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from retrieval.answering.citations import cite
from retrieval.answering.serialization import answer_object
from retrieval.domain import Answer, Citation, Kind, Speaker, Verdict
from retrieval.evaluation.questions import KnownQuestion, read_questions
from retrieval.evaluation.scores import EvaluationScores, judge, score
from tests.retrieval.made_up_archive import article, quotation

PROGRAM = Path(__file__).parents[4] / "shared" / "bench" / "score_answers.py"
NAMES = ("Ada Brook", "Mayor Tom Reed", "Eve Lake")
LINES = [
    f"The {thing} will not leave the old harbour of {place} before the {day} of June"
    for thing in ("ferry", "dredger", "lifeboat")
    for place in ("Callan", "Tolva", "Karvik")
    for day in ("first", "second")
]
TEXT = "\n\n".join(f'"{line}," said {NAMES[number % 3]}.' for number, line in enumerate(LINES))
ARTICLES = {name: article(name, TEXT) for name in ("one", "two")}
TYPES = ("who_said", "what_said", "attributed", "misattributed", "fact", "unanswerable")


def question(number: int) -> dict[str, object]:
    kind = TYPES[number % len(TYPES)]
    line = LINES[number % len(LINES)]
    row: dict[str, object] = {"id": f"q{number}", "type": kind, "question": f"question {number}?", "docs": ["one"]}
    if kind == "fact":
        return row | {"answer": " ".join(line.split()[:2]), "evidence": line}
    if kind == "unanswerable":
        return row | {"docs": []}
    return row | {"quote": line, "speaker": NAMES[number % 3], "speaker_aliases": ["the harbour master"]}


def answer(chance: random.Random, asked: str) -> Answer:
    verdict = chance.choice([None, *Verdict])
    found = [citation(chance) for _ in range(chance.randint(0, 4))]
    return Answer(asked, chance.random(), found, verdict=verdict)


def citation(chance: random.Random) -> Citation:
    name = chance.choice(NAMES)
    said = quotation(TEXT, chance.choice(LINES), chance.choice([name, name.split()[-1], None]))
    return cite(ARTICLES[chance.choice(["one", "one", "two"])], said.span, 1.0, said, 1)


def run(seed: int, folder: Path) -> tuple[EvaluationScores, list[str]]:
    """Made-up questions with made-up answers: their scores, and the files that the benchmark's program takes."""
    chance = random.Random(seed)
    rows = [question(number) for number in range(60)]
    files = {name: folder / f"{name}.jsonl" for name in ("questions", "answers", "archive")}
    files["questions"].write_text("".join(json.dumps(row) + "\n" for row in rows))
    asked = read_questions(files["questions"])
    answers = [(each, answer(chance, each.question), chance.random()) for each in asked]
    lines = [{"id": each.id, **answer_object(found), "seconds": seconds} for each, found, seconds in answers]
    files["answers"].write_text("".join(json.dumps(line) + "\n" for line in lines))
    files["archive"].write_text("".join(json.dumps(asdict(each)) + "\n" for each in ARTICLES.values()))
    return score([judge(*each) for each in answers]), [str(file) for file in files.values()]


@pytest.mark.skipif(not PROGRAM.exists(), reason="the benchmark isn't here")
@pytest.mark.parametrize("seed", range(3))
def test_the_measures_are_those_of_the_benchmarks_own_program(seed: int, tmp_path: Path) -> None:
    scores, files = run(seed, tmp_path)
    told = subprocess.run([sys.executable, str(PROGRAM), *files], capture_output=True, text=True, check=True)
    theirs = json.loads(told.stdout)
    mine = scores.measures
    for ours, name in {
        "right_first_time": "right_first_time_pct",
        "verbatim": "verbatim_pct",
        "declined.answerable": "declined_answerable_pct",
        "declined.unanswerable": "declined_unanswerable_pct",
        "median_seconds": "seconds_p50",
        "p95_seconds": "seconds_p95",
    }.items():
        assert mine[ours] == pytest.approx(theirs[name], abs=0.06), name
    assert mine["mrr"] == pytest.approx(theirs["mrr"], abs=0.0006)
    for kind in TYPES[:-1]:
        assert mine[f"{kind}.recall@1"] == pytest.approx(theirs[kind]["hit@1"], abs=0.06)
        assert mine[f"{kind}.recall@3"] == pytest.approx(theirs[kind]["hit@3"], abs=0.06)
        assert mine[f"{kind}.right_speaker"] == pytest.approx(theirs[kind]["hit@1+speaker"], abs=0.06)
    for kind in ("attributed", "misattributed"):
        assert mine[f"{kind}.right_first_time"] == pytest.approx(theirs[kind]["verdict"], abs=0.06)


def test_words_that_do_not_stand_in_the_article_are_counted_against_it() -> None:
    said = quotation(TEXT, LINES[0])
    real = cite(ARTICLES["one"], said.span, 1.0, said, 1)
    forged = Citation("made up", Kind.DIRECT, said.span, real.speaker, None, real.article, real.before, real.after, 1.0)
    asked = KnownQuestion("q", "who_said", "who?", frozenset({"one"}), "Ada Brook", quote=LINES[0])
    scores = score([judge(asked, Answer("who?", 0.9, [real, forged]), 0.1)])
    assert (scores.measures["verbatim"], scores.measures["right_first_time"]) == (50, 100)


def test_a_right_quotation_of_the_wrong_speaker_is_not_right() -> None:
    said = quotation(TEXT, LINES[0], "Eve Lake")
    assert isinstance(said.speaker, Speaker)
    asked = KnownQuestion("q", "who_said", "who?", frozenset({"one"}), "Ada Brook", quote=LINES[0])
    result = judge(asked, Answer("who?", 0.9, [cite(ARTICLES["one"], said.span, 1.0, said, 1)]), 0.1)
    assert (result.rank, result.speaker, result.first_time) == (1, False, False)
