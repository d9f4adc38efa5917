import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from retrieval.errors import ArchiveDamaged
from retrieval.reasons import Reason, ReasonCode
from retrieval.store.archive import FILE, Archive
from retrieval.store.deletion.tombstones import Tombstone
from retrieval.store.schema import REVISION, metadata
from retrieval.store.sqlite.database import MIGRATIONS, read_transaction
from tests.retrieval.made_up_archive import article, entry, make_old_archive

VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
OWN_KINDS = ("terms", "article_terms", "alembic_version")


def test_the_migrations_lead_to_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    with read_transaction(archive.database) as connection:
        options = {"include_object": lambda _, name, *__: not str(name).startswith(OWN_KINDS), "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_the_code_names_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


@pytest.mark.parametrize("version", VERSIONS)
def test_an_archive_of_every_earlier_version_keeps_its_articles(tmp_path: Path, version: str) -> None:
    make_old_archive(tmp_path / FILE, version)
    archive = Archive.open(tmp_path)
    assert archive.article(7).text == "The pier is closed."
    assert archive.put(entry(article("a2", "The pier is open."))) == 8
    assert archive.remove("operator", "a1")
    assert [listed.id for listed in archive.listing()] == ["a2"]
    archive.close()


REMOVED = """
INSERT INTO set_aside (seq, owner, digest, why, reason, removed_at, version, id, title, content)
VALUES (3, 'operator', 'd', 'removed', NULL, '2026-01-02T00:00:00+00:00', 1, 'old', 'Pier', '{"text": "It  fell."}'),
       (4, 'operator', 'e', 'withdrawn', NULL, '2026-01-02T00:00:00+00:00', 1, 'b', 'Bay', '{"text": "It froze."}')
"""


def test_words_that_an_older_version_removed_stay_away_too(tmp_path: Path) -> None:
    make_old_archive(tmp_path / FILE, "0005")
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(REMOVED)
    connection.close()
    archive = Archive.open(tmp_path)
    assert archive.tombstone("operator", "new", "It fell.") == Tombstone(date(2026, 1, 2), "old", words=True)
    assert archive.tombstone("operator", "new", "It froze.") is None
    archive.close()


DOUBTED = """
INSERT INTO units (id, article, start, "end", context) VALUES (1, 7, 0, 8, 0), (2, 7, 0, 12, 0), (3, 7, 4, 8, 0);
INSERT INTO quotations (unit, kind, confidence, certainty, reason) VALUES
    (1, 'direct', 0.3, 'unclear', '''he'' could be Ann Lee or Bo Or or Di Poe'),
    (2, 'direct', 0.3, 'unclear', 'the article does not tell clearly who speaks'),
    (3, 'direct', 0.3, 'unclear', 'nobody knows');
"""
SET_ASIDE = """
INSERT INTO set_aside (seq, owner, digest, why, removed_at, version, id, title, units)
VALUES (9, 'operator', 'd', 'removed', '2026-01-02T00:00:00+00:00', 1, 'old', 'Pier', ?)
"""


def test_doubts_that_an_older_version_stored_in_words_are_the_same_reasons(tmp_path: Path) -> None:
    make_old_archive(tmp_path / FILE, "0006")
    told = "it is not sure that 'the mill' can speak"
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.executescript(DOUBTED)
        connection.execute(SET_ASIDE, (json.dumps([{"quotation": {"reason": told}}, {"quotation": None}]),))
    connection.close()
    archive = Archive.open(tmp_path)
    reasons = [unit.quotation.speaker.reason for unit in archive.units([1, 2, 3])]  # type: ignore[union-attr]
    assert [str(reason) for reason in reasons] == [
        "'he' could be Ann Lee or Bo Or or Di Poe",
        "the article does not tell clearly who speaks",
        "nobody knows",
    ]
    assert [reason and reason.code for reason in reasons] == [
        ReasonCode.MENTION_AMBIGUOUS,
        ReasonCode.SPEAKER_NOT_TOLD,
        ReasonCode.STATED,
    ]
    archive.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        stored = json.loads(connection.execute("SELECT units FROM set_aside").fetchone()[0])
    connection.close()
    reason = Reason.of(ReasonCode.MAY_NOT_SPEAK, name="the mill")
    assert stored == [{"quotation": {"reason": reason.to_json()}}, {"quotation": None}]
    assert str(reason) == told


def test_an_archive_of_a_newer_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ArchiveDamaged, match="update ontherecord"):
        Archive.open(tmp_path)


def test_a_migration_that_is_cut_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.store.sqlite.database.upgrade", create_half)
    with pytest.raises(RuntimeError):
        Archive.open(tmp_path)
    monkeypatch.undo()
    assert Archive.open(tmp_path).counts().articles == 0


def create_half(connection: object) -> None:
    connection.exec_driver_sql("CREATE TABLE articles (seq INTEGER)")  # type: ignore[attr-defined]
    raise RuntimeError("the power fails")
