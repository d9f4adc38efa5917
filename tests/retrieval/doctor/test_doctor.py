import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.doctor import models
from retrieval.doctor.archive import check_archive
from retrieval.doctor.findings import Finding, FindingLevel
from retrieval.doctor.folder import check_folder
from retrieval.doctor.models import check_models
from retrieval.domain import EmbeddingModel, SourceKind
from retrieval.errors import ModelError
from retrieval.search.local import engine as local
from retrieval.search.local.engine import LocalEngine
from retrieval.sources.repository import SourceRepository
from retrieval.store.archive import FILE
from retrieval.store.sources import save_source
from retrieval.store.sqlite.database import write_transaction
from tests.retrieval.made_up_archive import MODEL, NOON, article, entry, open_archive, quotation

TEXT = "The pier is closed. “It will open again in May,” said Ada Brook."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A healthy archive of two articles with its index."""
    archive = open_archive(tmp_path)
    for id_ in ("a1", "a2"):
        archive.put(entry(article(id_, TEXT), [quotation(TEXT, "It will open again in May,")]))
    LocalEngine(archive).save()
    archive.close()
    return tmp_path


def found(data: Path, model: EmbeddingModel = MODEL, rules_version: int = 1, now: object = NOON) -> list[Finding]:
    return [*check_folder(data, NOON), *check_archive(data, model, rules_version, now)]  # type: ignore[arg-type]


def only(findings: list[Finding]) -> Finding:
    """The one finding that isn't fine; it says what to do."""
    amiss = [finding for finding in findings if finding.level is not FindingLevel.FINE]
    assert len(amiss) == 1, amiss
    assert amiss[0].remedy
    return amiss[0]


def change(data: Path, *statements: str) -> None:
    with sqlite3.connect(data / FILE) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_nothing_is_amiss_with_a_healthy_archive_and_nothing_is_changed(data: Path) -> None:
    before = contents(data)
    assert {finding.level for finding in found(data)} == {FindingLevel.FINE}
    assert contents(data) == before


def test_sources_that_fail_or_that_nobody_refreshes_are_told(data: Path) -> None:
    archive = open_archive(data)
    sources = SourceRepository(archive, lambda: NOON)
    added = sources.add("https://outside.example/feed", SourceKind.FEED)
    assert {finding.level for finding in found(data)} == {FindingLevel.FINE}
    with write_transaction(archive.database) as connection:
        save_source(connection, replace(added, problem="took too long", failures=1))
    assert "https://outside.example/feed: took too long" in only(found(data)).said
    with write_transaction(archive.database) as connection:
        save_source(connection, replace(added, due_at=NOON - timedelta(days=2)))
    assert "due for more than a day" in only(found(data)).said
    archive.close()


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    assert [finding.level for finding in found(tmp_path / "none")] == [FindingLevel.NOTE, FindingLevel.NOTE]
    assert not (tmp_path / "none").exists()


def cut_index(data: Path) -> None:
    path = data / local.FILE
    path.write_bytes(path.read_bytes()[:-50])


def cut_archive(data: Path) -> None:
    path = data / FILE
    path.write_bytes(path.read_bytes()[: 4096 * 10])


def no_database(data: Path) -> None:
    (data / FILE).write_bytes(b"no database " * 1000)


def lose_keywords(data: Path) -> None:
    change(data, "INSERT INTO terms(terms) VALUES ('delete-all')")


def name_a_speaker_outside(data: Path) -> None:
    change(data, "UPDATE quotations SET mention_end = 1000 WHERE unit = (SELECT max(unit) FROM quotations)")


def of_a_newer_version(data: Path) -> None:
    change(data, "UPDATE alembic_version SET version_num = '9999'")


def restore_cut_short(data: Path) -> None:
    left = data / f"{FILE}.before-restore"
    left.write_bytes(b"")
    left.chmod(0o600)


@pytest.mark.parametrize(
    ("spoil", "check", "remedy"),
    [
        (cut_index, "index", "ontherecord ingest --rebuild"),
        (cut_archive, "archive", "ontherecord restore"),
        (no_database, "archive", "ontherecord restore"),
        (lose_keywords, "keywords of passages and quotations", "ontherecord restore"),
        (name_a_speaker_outside, "offsets", "ontherecord articles remove a2"),
        (of_a_newer_version, "version", "update ontherecord"),
        (restore_cut_short, "leftovers", f"move it to {FILE}"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(
    data: Path, spoil: Callable[[Path], None], check: str, remedy: str
) -> None:
    spoil(data)
    finding = only(found(data))
    assert (finding.check, finding.level) == (check, FindingLevel.WRONG)
    assert remedy in str(finding.remedy)


def test_an_index_of_other_passages_is_wrong(data: Path) -> None:
    change(data, "DELETE FROM units WHERE id = 1")
    finding = next(finding for finding in found(data) if finding.check == "index")
    assert finding.level is FindingLevel.WRONG


def test_an_index_that_is_behind_is_no_fault(data: Path) -> None:
    archive = open_archive(data)
    archive.put(entry(article("a3", TEXT)))
    archive.close()
    finding = only(found(data))
    assert (finding.check, finding.level) == ("index", FindingLevel.NOTE)


def test_another_model_in_the_settings_is_wrong(data: Path) -> None:
    finding = only(found(data, EmbeddingModel("another", "b" * 64)))
    assert (finding.check, finding.level) == ("vectors", FindingLevel.WRONG)


def test_quotations_found_by_older_rules_are_counted(data: Path) -> None:
    finding = only(found(data, rules_version=2))
    assert (finding.check, finding.level) == ("rules", FindingLevel.NOTE)
    assert "2 articles" in finding.said
    assert "ingest --rebuild" in str(finding.remedy)


def test_a_clock_that_stands_before_the_newest_article_is_wrong(data: Path) -> None:
    finding = only(found(data, now=NOON - timedelta(days=1)))
    assert (finding.check, finding.level, finding.remedy) == ("clock", FindingLevel.WRONG, "set the clock")


def test_an_older_version_is_told_and_not_migrated(data: Path) -> None:
    change(data, "DROP TABLE speaker_decisions", "UPDATE alembic_version SET version_num = '0001'")
    finding = only(found(data))
    assert (finding.check, finding.level) == ("version", FindingLevel.NOTE)
    assert only(found(data)) == finding


def test_temporary_files_are_left_over_when_nobody_has_touched_them_for_an_hour(data: Path) -> None:
    stale, fresh = data / f"{local.FILE}.123", data / "unfinished-x"
    stale.write_bytes(b"")
    stale.chmod(0o600)
    fresh.mkdir()
    now = NOON.timestamp()
    os.utime(stale, (now - 4000, now - 4000))
    os.utime(fresh, (now - 10, now - 10))
    finding = only(found(data))
    assert (finding.check, finding.remedy) == ("leftovers", "delete it")
    assert str(stale) in finding.said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_wrong(data: Path) -> None:
    data.chmod(0o500)
    finding = next(finding for finding in check_folder(data, NOON) if finding.check == "folder")
    data.chmod(0o700)
    assert finding.level is FindingLevel.WRONG


def test_a_parser_whose_files_were_changed_is_wrong_and_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(package: str) -> Path:
        raise ModelError(f"a file of {package} is not the file that was published")

    assert [finding.level for finding in check_models("bundled", "bundled")] == [FindingLevel.FINE] * 3
    monkeypatch.setattr(models, "model_folder", changed)
    finding = next(finding for finding in check_models("bundled", "off") if finding.check == "parser")
    assert finding.level is FindingLevel.WRONG
    assert "pip install --force-reinstall" in (finding.remedy or "")
