"""A mistyped folder is told from an archive, and an empty archive from one that doesn't say."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from retrieval.errors import ArchiveError
from tests.retrieval.made_up_archive import open_archive

LOOKING = [
    ["ask", "who said it?"],
    ["verify", "We will not open it."],
    ["quotes", "--speaker", "Ada Brook"],
    ["speakers"],
]
OTHERS = [
    ["speakers", "show", "Ada Brook"],
    ["articles", "list"],
    ["articles", "history", "a"],
    ["sources", "list"],
    ["sources", "refresh"],
    ["status"],
    ["feedback"],
    ["ingest", "--rebuild"],
]


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(folder), *words])


@pytest.mark.parametrize("words", [*LOOKING, *OTHERS], ids=" ".join)
def test_a_folder_without_an_archive_is_named_and_left_as_it_is(tmp_path: Path, words: list[str]) -> None:
    mistyped = tmp_path / "dta"
    result = run(mistyped, *words)
    assert isinstance(result.exception, ArchiveError)
    assert f"{mistyped} holds no archive; `ontherecord ingest PATH` makes one" in str(result.exception)
    assert not mistyped.exists()


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_an_empty_archive_says_how_it_is_filled(tmp_path: Path, words: list[str]) -> None:
    open_archive(tmp_path).close()
    told = run(tmp_path, *words).stderr
    assert f"the archive in {tmp_path} is empty: `ontherecord ingest PATH`" in told


def test_adding_a_source_makes_an_archive_and_its_times_read_the_same_later(tmp_path: Path) -> None:
    data = tmp_path / "new"
    added = run(data, "sources", "add", str(tmp_path), "--kind", "folder", "--json")
    assert added.exit_code == 0
    assert run(data, "sources", "list", "--json").stdout.startswith(added.stdout.rstrip()[:-1])
