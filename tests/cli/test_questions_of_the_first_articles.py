"""The questions that everybody tries first, by the real commands with the shipped models: a new fit may break them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import samples
from cli.playground import QUESTIONS
from retrieval.domain import Article
from retrieval.readers.files import read_path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SEED = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"
MISSION, MISSION_WORDS = "who said the mission isn't over?", "our mission there is not over"
DENIAL = "who denied that Assad may stay until 2021?"
WORLD_CUP = "who won the 2018 World Cup?"
SEED_ANSWERS = {
    MISSION: (MISSION_WORDS, "Heather Nauert"),
    "what did Surovikin say about the remaining forces?": ("successfully fulfill the tasks", "Sergei Surovikin"),
    "how many warplanes will be pulled out?": ("23 warplanes", None),
}
SAMPLE_ANSWERS = {
    MISSION: (MISSION_WORDS, "Heather Nauert"),
    "what did Surovikin say about the forces that stay?": ("successfully fulfill the tasks", "Sergei Surovikin"),
    "how many warplanes will be pulled out?": ("23 warplanes", None),
}
Answers = dict[str, dict[str, Any] | None]
"""The first citation for each question, None where it was declined."""


def run(data: Path, *arguments: str) -> list[dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, "-m", "cli", "--data", str(data), *arguments, "--json"],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        check=True,
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def ask(data: Path, questions: Iterable[str]) -> Answers:
    batch = data / "questions.jsonl"
    batch.write_text("".join(json.dumps({"question": question}) + "\n" for question in questions))
    answers = run(data, "ask", "--batch", str(batch))
    return {answer["question"]: answer["citations"][0] if answer["answered"] else None for answer in answers}


@pytest.fixture(scope="module")
def seed_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEED.exists():
        pytest.skip("needs ../shared beside the repository")
    data = tmp_path_factory.mktemp("seed")
    run(data, "ingest", str(SEED))
    return data


@pytest.fixture(scope="module")
def seed(seed_archive: Path) -> Answers:
    return ask(seed_archive, [*SEED_ANSWERS, DENIAL, WORLD_CUP])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    data = tmp_path_factory.mktemp("samples")
    with samples.as_file(samples.ARTICLES) as articles:
        run(data, "ingest", str(articles))
    return ask(data, QUESTIONS)


@pytest.mark.parametrize("question", SEED_ANSWERS)
def test_the_seed_article_answers_with_its_words_and_their_speaker(seed: Answers, question: str) -> None:
    words, speaker = SEED_ANSWERS[question]
    cited = seed[question]
    assert cited is not None
    assert words in cited["text"]
    assert speaker is None or cited["speaker"]["name"] == speaker
    [article] = read_path(SEED)
    assert isinstance(article, Article)
    assert article.text[cited["start"] : cited["end"]] == cited["text"]


def test_the_speaker_comes_with_her_role_and_the_day(seed: Answers) -> None:
    cited = seed[MISSION]
    assert cited is not None
    assert "spokeswoman" in cited["speaker"]["role"]
    assert cited["article"]["published"] == "2017-12-13"


def test_a_denial_is_cited_or_the_sentence_that_reports_it(seed: Answers) -> None:
    cited = seed[DENIAL]
    assert cited is not None
    if "Nauert also denied" not in cited["text"]:
        assert "We do not accept any such thing" in cited["text"]
        assert cited["speaker"]["name"] == "Heather Nauert"


def test_what_the_seed_article_does_not_say_is_declined(seed: Answers) -> None:
    assert seed[WORLD_CUP] is None


def test_words_without_their_not_are_altered_and_turn_the_sense(seed_archive: Path) -> None:
    [found] = run(seed_archive, "verify", "our mission there is over")
    assert (found["verdict"], found["stressed"]) == ("altered", True)
    assert {"op": "delete", "given": "", "real": "not"} in found["changes"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_playground_answers_what_it_suggests_to_ask(sample: Answers, question: str) -> None:
    cited = sample[question]
    if question == WORLD_CUP:
        assert cited is None
        return
    words, speaker = SAMPLE_ANSWERS[question]
    assert cited is not None
    assert words in cited["text"]
    assert speaker is None or cited["speaker"]["name"] == speaker
