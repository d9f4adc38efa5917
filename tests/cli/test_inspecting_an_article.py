"""`ontherecord inspect` shows an article as it is, marked, with the reasons beside it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.inspection import marked
from cli.main import app
from retrieval.domain import Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.errors import NotFound

TEXT = 'Marta Quell, the engineer, said the bridge was safe. "It will hold for a hundred years," she said.\n'


def quotation(start: int, end: int, kind: Kind = Kind.DIRECT) -> Quotation:
    return Quotation(Span(start, end), kind, Speaker("Marta", None, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_text_is_shown_whole_with_a_number_behind_each_quotation() -> None:
    shown = marked("one two three four", [quotation(0, 7), quotation(4, 7, Kind.NESTED), quotation(8, 13)])
    assert shown.plain == "one two[1][2] three[3] four"


def test_each_kind_has_a_colour_of_its_own() -> None:
    shown = marked("one two", [quotation(0, 3), quotation(4, 7, Kind.REPORTED)])
    styles = {str(span.style) for span in shown.spans}
    assert any("green" in style for style in styles)
    assert any("yellow" in style for style in styles)


def test_nothing_in_an_article_can_command_the_terminal() -> None:
    shown = marked("a\x1b[31mred\x07 \x9bend", [quotation(0, 1)])
    assert not {"\x1b", "\x07", "\x9b"} & set(shown.plain)


def test_a_file_is_inspected_with_the_reasons_for_each_speaker(file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "inspect", str(file)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    assert "reported  Marta Quell" in result.stdout
    assert "subject of “said”" in result.stdout


def test_programs_get_every_choice_with_its_probability(file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "inspect", str(file), "--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["reported", "direct"]
    for row in rows:
        assert row["choices"][0]["name"] == "Marta Quell"
        assert 0 < sum(choice["probability"] for choice in row["choices"]) <= 1.01


def test_the_contributions_of_feature_groups_are_shown_for_the_speaker_and_the_runner_up(
    file: Path, tmp_path: Path
) -> None:
    arguments = ["--data", str(tmp_path / "data"), "inspect", str(file)]
    row = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout.splitlines()[1])
    speaker, runner_up = row["contributions"]
    assert speaker["name"] == "Marta Quell"
    assert speaker["groups"]["reporting_clause"] > 2
    assert runner_up["name"] is None
    assert sum(speaker["groups"].values()) > sum(runner_up["groups"].values())
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "400"}).stdout
    assert "for Marta Quell: reporting_clause +" in shown


def test_what_is_neither_file_nor_article_is_said_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(tmp_path), "inspect", "nowhere"])
    assert isinstance(result.exception, NotFound)
    assert "nowhere is no file" in str(result.exception)
