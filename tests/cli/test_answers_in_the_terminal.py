"""`ask`, `verify` and `evaluate` over a small archive with the real models: what people and programs get to see."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.embedding.encoder import Encoder
from retrieval.errors import ArchiveError
from retrieval.ingest.analysis import draft_units, embed_units
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit

SAID = "The :key: to the lighthouse [old] was never lost by anybody who lived on this island before the war,"
TEXT = (
    f"“{SAID}” said the keeper Ada Brook on Monday.\n\nShe added that the lamp would be lit again in spring.\n\n"
    "Tom Reed was there, it seems. “The lamp should stay dark,” he said. \x1b]0;title\x07The tower is 40 metres high."
)
REPORTED = "that the lamp would be lit again in spring"


class ByHand:
    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        return (
            _quotation(text, SAID, Kind.DIRECT, "Ada Brook", Certainty.CERTAIN),
            _quotation(text, REPORTED, Kind.REPORTED, "Ada Brook", Certainty.CERTAIN),
            _quotation(text, "The lamp should stay dark,", Kind.DIRECT, "Tom Reed", Certainty.PROBABLE),
        )


def _quotation(text: str, words: str, kind: Kind, name: str, certainty: Certainty) -> Quotation:
    start = text.index(words)
    return Quotation(
        Span(start, start + len(words)), kind, Speaker(name, None, SpeakerKind.PERSON, 0.8, certainty), None, start
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    encoder = Encoder()
    archive = Archive.open(folder)
    article = Article("lamp", "The [bold]lamp[/bold] [/red] :key:", TEXT, published="2026-03-02")
    pieces = draft_units(article, ByHand())
    units = [
        NewUnit(piece.span, piece.context, piece.quotation, piece.digest, vector)
        for piece, vector in zip(pieces, embed_units(pieces, encoder), strict=True)
    ]
    archive.put(AnalysedArticle(article, units, "hash", 1, encoder.model, {}))
    archive.close()
    return folder


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(folder), *words])


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_words_between_marks_stand_in_the_article_character_for_character(folder: Path) -> None:
    shown = run(folder, "verify", SAID, "--speaker", "Brook").stdout
    assert f"“{SAID}”" in shown
    assert "— Ada Brook" in shown
    assert shown.startswith("exact; speaker supported")
    assert "[bold]lamp[/bold] [/red] :key:" in shown


def test_reported_speech_stands_without_marks(folder: Path) -> None:
    shown = run(folder, "verify", REPORTED, "--speaker", "Ada Brook").stdout
    assert REPORTED in shown
    assert f"“{REPORTED}" not in shown


def test_a_speaker_who_is_not_certain_is_called_probable(folder: Path) -> None:
    assert "— probably Tom Reed" in run(folder, "verify", "The lamp should stay dark").stdout


@pytest.mark.parametrize("command", [["articles", "show", "lamp"], ["articles", "list"], ["speakers"]])
def test_no_article_gives_orders_to_the_terminal(folder: Path, command: list[str]) -> None:
    result = run(folder, *command)
    assert result.exit_code == 0, result.output
    assert "\x1b]" not in result.stdout
    assert "\x07" not in result.stdout
    assert "🔑" not in result.stdout


def test_every_quotation_of_a_message_is_checked(folder: Path) -> None:
    message = "He wrote “The lamp should stay bright” and “our banks raised mortgage rates in Brazil”."
    found = rows(run(folder, "verify", message, "--json"))
    assert [row["verdict"] for row in found] == ["altered", "not_found"]
    assert found[0]["changes"] == [{"op": "replace", "given": "bright", "real": "dark"}]


def test_a_file_of_texts_is_checked_line_by_line_and_ids_come_back(folder: Path, tmp_path: Path) -> None:
    lines = [
        {"id": 7, "text": "The lamp should stay dark", "speaker": "Ada Brook"},
        {"text": "one\u2028two three four five"},
    ]
    batch = tmp_path / "texts.jsonl"
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    found = rows(run(folder, "verify", "--batch", str(batch), "--json"))
    assert [row["id"] for row in found] == [7, None]
    assert found[0]["speaker_verdict"] == "unclear"
    assert found[1]["text"] == "one\u2028two three four five"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: is not JSON"),
        ("[" * 100_000, "line 2: is nested too deeply"),
        ('{"question": 7}', "line 2: needs a text"),
        ('{"question": "\\ud800"}', "line 2: holds a lone surrogate"),
    ],
)
def test_a_broken_line_of_a_batch_is_named_and_nothing_is_answered(
    folder: Path, tmp_path: Path, line: str, told: str
) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"question": "who?"}\n' + line)
    result = run(folder, "ask", "--batch", str(batch), "--json")
    assert isinstance(result.exception, ArchiveError)
    assert told in str(result.exception)
    assert result.stdout == ""


def test_evaluation_tells_right_from_wrong_and_its_floors_end_with_status_1(folder: Path, tmp_path: Path) -> None:
    questions, saved = tmp_path / "questions.jsonl", tmp_path / "run.json"
    row = {"id": "a", "type": "who_said", "question": "who said the lamp should stay dark?", "docs": ["lamp"]}
    questions.write_text(json.dumps(row | {"quote": "The lamp should stay dark,", "speaker": "Tom Reed"}))
    [scores] = rows(run(folder, "evaluate", str(questions), "--json", "--save", str(saved)))
    assert (scores["questions"], scores["right_first_time"], scores["verbatim"]) == (1, 100, 100)
    questions.write_text(json.dumps(row | {"quote": "The lamp should stay dark,", "speaker": "Ada Brook"}))
    below = run(folder, "evaluate", str(questions), "--floor", "right_first_time=50", "--against", str(saved))
    assert below.exit_code == 1
    assert "right_first_time is 0.0, not 50" in below.stderr
    assert "no longer right" in below.stdout
    assert isinstance(run(folder, "evaluate", str(questions), "--floor", "luck=1").exception, ArchiveError)


def test_an_evaluation_of_no_questions_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("\n")
    result = run(folder, "evaluate", str(tmp_path / "questions.jsonl"))
    assert isinstance(result.exception, ArchiveError)
    assert "holds no question" in str(result.exception)


@pytest.mark.parametrize("command", ["ask", "verify"])
def test_nothing_is_no_question_and_no_quotation(folder: Path, command: str) -> None:
    result = run(folder, command, "  ")
    assert result.exit_code == 2
    assert "--batch" in result.stderr


def test_a_setting_that_there_is_not_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_BOLDNES", "0.3")
    result = run(folder, "status")
    assert isinstance(result.exception, ArchiveError)
    assert "ONTHERECORD_BOLDNES; is ONTHERECORD_BOLDNESS meant?" in str(result.exception)
