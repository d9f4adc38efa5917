import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = """---
title: Harbour bridge to stay shut
publisher: The Shore
date: 2024-05-06
---
The old harbour bridge will stay shut until autumn.

"We will not open it a day before it is safe," said Ada Brook, the harbour master.
"""


def run(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        env=os.environ | {"ONTHERECORD_DATA": str(folder / "data"), "OMP_NUM_THREADS": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def lines(result: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which one article went, beside a broken file."""
    folder = tmp_path_factory.mktemp("command")
    (folder / "bridge.md").write_text(TEXT)
    (folder / "broken.jsonl").write_text("{not JSON\n")
    result = run(folder, "ingest", str(folder / "bridge.md"), str(folder / "broken.jsonl"), "--json")
    stored, failed, summary = lines(result)
    assert result.returncode == 1
    assert (stored["event"], stored["title"], stored["quotations"]) == ("stored", "Harbour bridge to stay shut", 1)
    assert failed["event"] == "failed"
    assert "broken.jsonl, line 1" in failed["source"]
    assert {**summary, "seconds": 0} == {
        "event": "summary",
        "articles": 1,
        "passages": 2,
        "quotations": 1,
        "skipped": 0,
        "failed": 1,
        "seconds": 0,
    }
    return folder


def article_id(folder: Path) -> str:
    (line,) = lines(run(folder, "articles", "list", "--json"))
    return str(line["id"])


def test_the_same_again_is_skipped_and_all_is_well(folder: Path) -> None:
    result = run(folder, "ingest", str(folder / "bridge.md"))
    assert result.returncode == 0
    assert result.stdout == ""
    assert "0 articles, 0 passages, 0 quotations, 1 skipped, 0 failed" in result.stderr


def test_show_gives_the_whole_text_and_who_said_what(folder: Path) -> None:
    (shown,) = lines(run(folder, "articles", "show", article_id(folder), "--json"))
    (quotation,) = shown["quotations"]
    assert shown["text"][quotation["start"] : quotation["end"]] == quotation["text"]
    assert quotation["text"] == "We will not open it a day before it is safe,"
    assert quotation["speaker"]["name"] == "Ada Brook"
    assert (shown["publisher"], shown["published"]) == ("The Shore", "2024-05-06")
    told = run(folder, "articles", "show", article_id(folder)).stdout
    assert "Ada Brook: We will not open it" in told


def test_status_counts_what_there_is(folder: Path) -> None:
    (status,) = lines(run(folder, "status", "--json"))
    assert (status["articles"], status["passages"], status["quotations"], status["speakers"]) == (1, 2, 1, 1)
    assert (status["outdated"], status["advice"]) == (0, None)
    assert "articles  1" in run(folder, "--data", str(folder / "data"), "status").stdout


def test_a_correction_shows_and_a_wrong_one_is_refused(folder: Path) -> None:
    wrong = run(folder, "articles", "edit", article_id(folder), "--published", "2024-13-41")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "give a date up to today" in wrong.stderr
    assert run(folder, "articles", "edit", article_id(folder), "--publisher", "Inland News").returncode == 0
    (listed,) = lines(run(folder, "articles", "list", "--json"))
    assert (listed["publisher"], listed["version"]) == ("Inland News", 1)


def test_removing_asks_first(folder: Path) -> None:
    id_ = article_id(folder)
    assert "1 would be removed" in run(folder, "articles", "remove", id_, "--dry-run").stderr
    assert run(folder, "articles", "remove", id_).returncode != 0
    assert article_id(folder) == id_
    other = run(folder, "articles", "remove", id_, "--data", str(folder / "elsewhere"), "--yes")
    assert "holds no archive" in other.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ingest"], "name the files or folders"),
        (["ingest", ".", "--title", "x"], "tell of one article"),
        (["articles", "show", "nothing"], "holds no article nothing"),
        (["articles", "edit", "nothing"], "say what to correct"),
    ],
)
def test_mistakes_are_explained_in_a_sentence(folder: Path, arguments: list[str], told: str) -> None:
    result = run(folder, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert told in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_wrong_setting_is_named(folder: Path) -> None:
    result = run(folder, "status", ONTHERECORD_THREADS="many")
    assert result.returncode == 1
    assert "ONTHERECORD_THREADS can't be used: Input should be a valid integer" in " ".join(result.stderr.split())


def test_another_model_is_refused_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"another")
    (tmp_path / "new.txt").write_text("A headline\n\nSome text of an article that is new to it.\n")
    result = run(folder, "ingest", str(tmp_path / "new.txt"), ONTHERECORD_MODEL=str(tmp_path))
    assert result.returncode == 1
    assert "ontherecord ingest --rebuild" in " ".join(result.stderr.split())
