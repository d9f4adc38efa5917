import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.retrieval.made_up_archive import open_archive

ARTICLE = """---
title: Harbour bridge to stay shut
---
The old harbour bridge will stay shut until autumn.

"We will not open it a day before it is safe," said Ada Brook, the harbour master.
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(data), "sources", *arguments])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_folder_is_added_read_listed_and_removed(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.md").write_text(ARTICLE)
    (folder / "broken.jsonl").write_text("{not JSON\n")
    (added,) = lines(run(data, "add", str(folder), "--every", "10m", "--json").stdout)
    assert (added["id"], added["kind"], added["every"]) == (1, "folder", 600)
    refreshed = subprocess.run(
        [sys.executable, "-m", "cli", "sources", "refresh", "--due", "--json", "--data", str(data)],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    new, failed, summary = lines(refreshed.stdout)
    assert refreshed.returncode == 1
    assert (new["event"], new["title"]) == ("new", "Harbour bridge to stay shut")
    assert (failed["event"], failed["reason"][:16]) == ("failed", "isn't valid JSON")
    assert (summary["new"], summary["failed"]) == (1, 1)
    (listed,) = lines(run(data, "list", "--json").stdout)
    assert (listed["read"], listed["failing"], listed["problem"]) == (1, 1, None)
    assert "1 can't" in run(data, "list").stdout
    assert run(data, "refresh", "--due").exit_code == 0
    assert run(data, "remove", "1").exit_code == 0
    assert run(data, "list", "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "nowhere"], "there is no folder nowhere; an address of the web begins with https://"),
        (["add", __file__], f"`ontherecord ingest {__file__}` reads it"),
        (["add", "http://127.0.0.1/feed"], "can't be found on the public internet"),
        (["add", "http://169.254.169.254/latest", "--kind", "feed", "--every", "soon"], "isn't a time such as"),
        (["add", "https://outside.example/feed", "--kind", "feed", "--every", "1m"], "every 5 minutes at the most"),
        (["add", "ftp://outside.example/feed"], "isn't an http or https address"),
        (["remove", "7"], "there is no source 7"),
        (["refresh", "7"], "there is no source 7"),
    ],
)
def test_mistakes_are_explained_in_a_sentence(data: Path, arguments: list[str], told: str) -> None:
    open_archive(data).close()
    result = run(data, *arguments)
    assert result.exit_code == 1
    assert told in str(result.exception)


def test_a_kind_that_is_stated_needs_no_look(data: Path) -> None:
    result = run(data, "add", "https://outside.example/feed", "--kind", "feed")
    assert result.exit_code == 0
    (listed,) = lines(run(data, "list", "--json").stdout)
    assert (listed["kind"], listed["every"], listed["read_at"]) == ("feed", 1800, None)
    assert "never" in run(data, "list").stdout
