"""`ontherecord speakers` and `quotes --speaker` over a stored archive."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import app
from retrieval.domain import Article, Certainty, EmbeddingModel, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.errors import ArchiveError
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit

TEXT = '"The harbour is open to everyone," she said. She added that it was free.'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive = Archive.open(tmp_path)
    for number, name in enumerate(["Sen. Ada Brook", "Ada Brook", "Brook"]):
        speaker = Speaker(name, None, SpeakerKind.PERSON, 0.95, Certainty.CERTAIN)
        units = [
            NewUnit(span, 0, Quotation(span, kind, speaker), bytes([start]), np.ones(4, dtype=np.float32) / 2)
            for start, span, kind in ((1, Span(1, 32), Kind.DIRECT), (2, Span(55, 71), Kind.REPORTED))
        ]
        article = Article(f"harbour-{number}", f"Harbour {number}", TEXT, published=f"2025-01-0{number + 1}")
        archive.put(AnalysedArticle(article, units, "hash", 1, EmbeddingModel("m", "00"), {}))
    archive.close()
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(folder), *words], env={"COLUMNS": "200"})


def test_speakers_are_listed_with_counts_and_merges(folder: Path) -> None:
    rows = [json.loads(line) for line in run(folder, "speakers", "--json").stdout.splitlines()]
    assert [(row["name"], row["quotations"], len(row["articles"])) for row in rows] == [
        ("Ada Brook", 4, 2),
        ("Brook", 2, 1),
    ]


def test_a_merge_by_hand_is_seen_and_undone(folder: Path) -> None:
    merged = run(folder, "speakers", "merge", "Brook", "Ada Brook")
    assert merged.exit_code == 0, merged.output
    assert len(run(folder, "speakers", "--json").stdout.splitlines()) == 1
    assert "decision 1" in run(folder, "speakers", "show", "Ada Brook").stdout
    assert run(folder, "speakers", "undo", "1").exit_code == 0
    assert len(run(folder, "speakers", "--json").stdout.splitlines()) == 2


def test_searching_finds_by_surname(folder: Path) -> None:
    assert "Ada Brook" in run(folder, "speakers", "--search", "Brook").stdout
    assert "Ada" not in run(folder, "speakers", "--search", "Finch").stdout


def test_a_speakers_words_come_from_all_articles_latest_first(folder: Path) -> None:
    result = run(folder, "quotes", "--speaker", "Ada Brook", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["doc"] for row in rows] == ["harbour-1", "harbour-1", "harbour-0", "harbour-0"]


def test_reported_speech_is_never_put_between_quotation_marks(folder: Path) -> None:
    shown = run(folder, "quotes", "--speaker", "Ada Brook").stdout
    assert "“The harbour is open to everyone" in shown
    assert "reported: " in shown
    assert f"“{TEXT[55:71]}" not in shown


def test_quotes_wants_files_or_a_speaker(folder: Path) -> None:
    result = run(folder, "quotes")
    assert isinstance(result.exception, ArchiveError)
    assert "--speaker" in str(result.exception)


def test_a_speakers_words_are_exported(folder: Path) -> None:
    exported = run(folder, "quotes", "--speaker", "Ada Brook", "--format", "csv")
    header, *rows = csv.reader(io.StringIO(exported.stdout, newline=""))
    assert header[0] == "quotation"
    assert [row[0] for row in rows] == [TEXT[1:32], TEXT[55:71]] * 2
    items = json.loads(run(folder, "quotes", "--speaker", "Ada Brook", "--format", "csl-json").stdout)
    assert [item["custom"]["article"] for item in items] == ["harbour-1", "harbour-1", "harbour-0", "harbour-0"]
    assert run(folder, "quotes", "--speaker", "Ada Brook", "--format", "bibtex").stdout.count("@misc{") == 4


def test_an_export_is_of_a_speaker_and_of_one_form(folder: Path) -> None:
    for words in (["--speaker", "Ada Brook", "--json"], [str(folder)]):
        result = run(folder, "quotes", *words, "--format", "csv")
        assert isinstance(result.exception, ArchiveError)
        assert "--format" in str(result.exception)
