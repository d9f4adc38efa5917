import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.services.feedback import FILE as JUDGEMENTS
from bot.services.feedback import Feedback, FeedbackStore
from cli.main import app
from retrieval.embedding.encoder import Encoder
from retrieval.errors import ArchiveError
from retrieval.search.local import engine as local
from tests.retrieval.made_up_archive import article, entry, open_archive, quotation

TEXT = "The pier is closed. “It will open again in May,” said Ada Brook."
TOKEN = "M" * 26 + ".abcdef." + "x" * 38


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    archive = open_archive(data)
    archive.put(entry(article("a1", TEXT), [quotation(TEXT, "It will open again in May,")], Encoder().model))
    archive.close()
    judgements = FeedbackStore(data / JUDGEMENTS)
    judgements.add(Feedback(1, "q99.1.s.00000", right=True))
    judgements.close()
    return data


def run(data: Path, *arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(data)], input=answer)


def doctor(data: Path) -> tuple[int, dict[str, dict[str, str]]]:
    result = run(data, "doctor", "--json")
    return result.exit_code, {row["check"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_a_backup_brings_archive_and_judgements_to_another_folder(data: Path, tmp_path: Path) -> None:
    made = run(data, "backup", "copy.zip")
    assert made.exit_code == 0, made.output
    assert "1 articles with 1 quotations" in made.stderr
    restored = run(tmp_path / "new", "restore", "copy.zip")
    assert restored.exit_code == 0, restored.output
    assert json.loads(run(tmp_path / "new", "articles", "list", "--json").stdout)["id"] == "a1"
    assert json.loads(run(tmp_path / "new", "feedback", "--json").stdout)["right"] is True
    assert doctor(tmp_path / "new")[1]["index"]["level"] == "fine"


def test_a_backup_is_not_overwritten_unasked(data: Path) -> None:
    Path("copy.zip").write_text("precious")
    assert isinstance(run(data, "backup", "copy.zip").exception, ArchiveError)
    assert Path("copy.zip").read_text() == "precious"
    assert run(data, "backup", "copy.zip", "--force").exit_code == 0


def test_the_archive_that_is_there_is_replaced_only_after_a_yes(data: Path) -> None:
    run(data, "backup", "copy.zip")
    run(data, "articles", "remove", "a1", "--yes")
    assert run(data, "restore", "copy.zip", answer="n\n").exit_code == 1
    assert run(data, "articles", "list", "--json").stdout == ""
    assert run(data, "restore", "copy.zip", "--yes").exit_code == 0
    assert json.loads(run(data, "articles", "list", "--json").stdout)["id"] == "a1"


def test_a_backup_that_there_is_not_is_told_before_anything_is_asked(data: Path) -> None:
    result = run(data, "restore", "copy.zip")
    assert isinstance(result.exception, ArchiveError)
    assert "copy.zip: no such file" in str(result.exception)
    assert "Replace" not in result.stderr


def test_doctor_names_a_truncated_index_and_what_to_run(data: Path) -> None:
    (data / local.FILE).write_bytes(b"half of it")
    code, findings = doctor(data)
    assert code == 1
    assert findings["index"]["level"] == "wrong"
    assert "ontherecord ingest --rebuild" in findings["index"]["remedy"]
    told = run(data, "doctor")
    assert told.exit_code == 1
    assert "wrong  index: " in told.stdout


def test_doctor_is_content_without_a_token_and_says_so(data: Path) -> None:
    code, findings = doctor(data)
    assert [finding for finding in findings.values() if finding["level"] == "wrong"] == []
    assert code == 0
    assert findings["token"]["level"] == "note"


@pytest.mark.parametrize(
    ("token", "level"), [(TOKEN, "fine"), ("Bot " + TOKEN, "wrong"), ("secret-client-id", "wrong")]
)
def test_doctor_looks_at_the_form_of_the_token_and_never_shows_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, token: str, level: str
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    result = run(data, "doctor", "--json")
    findings = {row["check"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert findings["token"]["level"] == level
    assert token not in result.output


def test_doctor_says_that_a_token_file_is_missing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(data / "none"))
    code, findings = doctor(data)
    assert code == 1
    assert findings["token"]["level"] == "wrong"


def test_doctor_says_which_model_of_the_settings_is_missing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_MODEL", str(data / "no-model"))
    code, findings = doctor(data)
    assert code == 1
    assert findings["embedding model"]["level"] == "wrong"
