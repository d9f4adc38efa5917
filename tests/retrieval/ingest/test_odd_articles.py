"""One bad article, file or worker spoils itself alone; worker processes know no secrets."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from cli.main import app
from retrieval.domain import Article
from retrieval.errors import ArchiveError, ReadError
from retrieval.ingest.events import ArticleFailed, ArticleStored, IngestEvent
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.readers.files import read_path
from retrieval.sandbox import InProcess
from retrieval.store.archive import Archive
from retrieval.store.sqlite.locks import held_since
from tests.retrieval.ingest.odd_extractors import Stuck, Telltale, Unloadable
from tests.retrieval.made_up_archive import article

TEXT = "The pier is closed. “It opens in May,” said Brook."


def ingest(
    archive: Archive, articles: list[Article], extractor: Callable[[], MarksOnly], seconds: float = 3.0
) -> list[IngestEvent]:
    rules = ExtractionRules(extractor, 1)
    return list(Ingester(archive, HashEncoder(), rules, workers=2, article_seconds=seconds).ingest(articles))


def test_articles_that_never_end_are_given_up_and_the_others_are_stored(archive: Archive) -> None:
    stuck = [article(f"stuck-{number}", "This never ends.", source=f"stuck-{number}.txt") for number in range(3)]
    given = [stuck[0], article("a1", TEXT), stuck[1], stuck[2], *(article(f"b{n}", f"{TEXT} {n}") for n in range(6))]
    started = time.monotonic()
    events = ingest(archive, given, Stuck)
    assert time.monotonic() - started < 90
    failed = [event for event in events if isinstance(event, ArticleFailed)]
    assert [event.source for event in failed] == ["stuck-0.txt", "stuck-1.txt", "stuck-2.txt"]
    assert "took longer than 3 s" in str(failed[0].reason)
    assert archive.counts().articles == 7
    assert held_since(archive.folder) is None


def test_a_long_article_gets_more_time(archive: Archive) -> None:
    ingester = Ingester(archive, HashEncoder(), ExtractionRules(MarksOnly, 1), article_seconds=60)
    assert ingester._seconds_for(article("short", "x")) == pytest.approx(60, abs=0.1)
    assert ingester._seconds_for(article("long", "x" * 120_000)) == 180


def test_an_ingest_that_is_stopped_does_not_wait_for_an_article_that_never_ends(archive: Archive) -> None:
    rules = ExtractionRules(Stuck, 1)
    given = [article("a1", TEXT), article("stuck", "This never ends.")]
    events = Ingester(archive, HashEncoder(), rules, workers=2, article_seconds=600).ingest(given)
    assert isinstance(next(iter(events)), ArticleStored)
    started = time.monotonic()
    events.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 20


def test_workers_that_can_not_load_their_models_end_the_run_with_the_reason(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="can't be loaded: OSError: the parser is missing"):
        ingest(archive, [article("a1", TEXT)], Unloadable)
    assert held_since(archive.folder) is None


def test_workers_know_no_token(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DISCORD_TOKEN=from-the-file\n")
    for name in ("DISCORD_TOKEN", "ONTHERECORD_SITE_TOKEN", "DISCORD_TOKEN_FILE", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "hush")
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")
    told = tmp_path / "told.json"
    ingest(archive, [article("a1", f"It writes to {told}")], Telltale, seconds=60)
    known = json.loads(told.read_text())
    assert "hush" not in known["environment"].values()
    assert known["environment"]["TOKENIZERS_PARALLELISM"] == "false"
    assert known["token"] is None


def work_lightly(monkeypatch: pytest.MonkeyPatch, extractor: Callable[[], MarksOnly]) -> None:
    """Let the command work with another extractor, and without the models."""
    monkeypatch.setattr("retrieval.composition.ingesting.make_extractor", extractor)
    monkeypatch.setattr("retrieval.composition.ingesting.Encoder", lambda *_: HashEncoder())


def test_the_command_reports_what_never_ends_and_stores_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_lightly(monkeypatch, Stuck)
    monkeypatch.setenv("ONTHERECORD_ARTICLE_TIMEOUT", "5")
    (tmp_path / "articles").mkdir()
    for name, text in (("a", "This never ends, they say, and it doesn't."), ("b", TEXT), ("c", TEXT + " Late news.")):
        (tmp_path / "articles" / f"{name}.md").write_text(f"# Pier {name}\n\n{text}\n")
    done = CliRunner().invoke(app, ["ingest", str(tmp_path / "articles"), "--data", str(tmp_path / "data"), "--json"])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [line["event"] for line in lines] == ["failed", "stored", "stored", "summary"]
    assert "a.md" in lines[0]["source"]
    assert "ONTHERECORD_ARTICLE_TIMEOUT" in lines[0]["reason"]


def test_a_reader_that_fails_unexpectedly_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, **options: object) -> Iterator[Article | ReadError]:
        if path.name == "b.md":
            raise UnicodeError("undefined encoding")
        yield from read_path(path, **options)

    monkeypatch.setattr("retrieval.sandbox.sandboxed_reader.read_path", read)
    monkeypatch.setattr("retrieval.sandbox.Sandbox", InProcess)
    work_lightly(monkeypatch, MarksOnly)
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"# Pier {name}\n\n{TEXT} {name}\n")
    done = CliRunner().invoke(
        app, ["ingest", *(str(tmp_path / f"{name}.md") for name in "abc"), "--data", str(tmp_path / "data"), "--json"]
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"] for line in lines] == ["stored", "failed", "stored", "summary"]
    assert "b.md: can't be read (UnicodeError" in f"{lines[1]['source']}: {lines[1]['reason']}"
