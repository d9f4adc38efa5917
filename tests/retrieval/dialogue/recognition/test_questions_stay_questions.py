"""No question of the bundled sets is taken for a wish of another kind."""

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.quality.recognition import not_questions
from retrieval.dialogue.languages.detection import language_of
from retrieval.dialogue.recognition.known_names import NOBODY_KNOWN
from training.delivery import DATA

QUESTIONS = sorted(DATA.glob("questions_*.jsonl"))


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda path: path.stem)
def test_at_most_one_question_in_two_hundred_is_taken_for_something_else(file: Path) -> None:
    questions = [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines() if line.strip()]
    other = [question for question in questions if not_questions(question, date(2026, 3, 20), NOBODY_KNOWN)]
    assert len(other) <= len(questions) / 200, other


@pytest.mark.parametrize(
    ("message", "preferred", "language"),
    [
        ("what did Ada Brook say about the dam?", "de", "en"),
        ("was sagte Ada Brook zum Staudamm?", "en", "de"),
        ("Qu'a dit Ada Brook du barrage ?", "en", "fr"),
        ("¿qué dijo Ada Brook de la presa?", "en", "es"),
        ("Ada Brook", "fr", "fr"),
        ("Ada Brook", "en", "en"),
    ],
)
def test_the_language_is_told_by_small_words_or_is_the_persons(message: str, preferred: str, language: str) -> None:
    assert language_of(message, preferred) == language
