import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reliability.light_models import vector_of
from retrieval.domain import EmbeddingModel, Span
from retrieval.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, ModelMismatch, NotFound, ReadError
from retrieval.store.archive import FILE, Archive
from retrieval.store.records import ArchiveCounts
from retrieval.store.sqlite.errors import explain
from tests.retrieval.made_up_archive import MODEL, article, entry, quotation

TEXT = "The pier is closed. “It will open again in May,” said Ada Brook. Nobody disagreed."


def rows(archive: Archive, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(archive.folder / FILE) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def check_keywords(archive: Archive) -> None:
    """SQLite compares every word of the indexes with the texts that they index."""
    for index in ("terms", "article_terms"):
        rows(archive, f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_an_article_comes_back_as_it_was_given(archive: Archive) -> None:
    given = article(
        "a1",
        TEXT + "\n\n  Tabs\tand “marks” – stay. \U0001f30a ",
        authors=("Bo Lind", "Cy Moor"),
        publisher="The Shore",
        published="2024-05-06T07:08:09+02:00",
        modified="2024-05-07",
        url="https://shore.example/a1",
        summary="A pier.",
        language="en",
        source="a1.txt",
    )
    seq = archive.put(entry(given))
    assert archive.article(seq) == given
    assert archive.find("a1", {"operator"}) == (seq, given)
    assert archive.find("a1", {"guild:1"}) is None


def test_a_quotation_comes_back_with_all_that_is_known_of_it(archive: Archive) -> None:
    said = replace(quotation(TEXT, "It will open again in May,"), said_on=date(2024, 5, 6), said_on_basis=Span(4, 8))
    seq = archive.put(entry(article("a1", TEXT), [said]))
    units = archive.units_of(seq)
    assert [unit.span.of(TEXT) for unit in units if unit.quotation is None] == [
        "The pier is closed.",
        "“It will open again in May,” said Ada Brook.",
        "Nobody disagreed.",
    ]
    assert [unit.quotation for unit in units if unit.quotation] == [said]
    assert units[-1].context == 0
    assert archive.counts() == ArchiveCounts(articles=1, passages=3, quotations=1, speakers=1)
    assert archive.speakers() == ["Ada Brook"]


def test_units_and_vectors_come_in_the_order_in_which_they_are_asked_for(archive: Archive) -> None:
    seq = archive.put(entry(article("a1", TEXT)))
    first, second, third = archive.units_of(seq)
    assert archive.units([third.id, 999, first.id]) == [third, first]
    expected = [vector_of(unit.span.of(TEXT)) for unit in (second, first)]
    np.testing.assert_array_equal(archive.vectors([second.id, first.id]), expected)
    with pytest.raises(NotFound):
        archive.vectors([first.id, 999])


def test_a_changed_article_replaces_the_old_one_and_its_units_get_new_ids(archive: Archive) -> None:
    seq = archive.put(entry(article("a1", TEXT), [quotation(TEXT, "It will open again in May,")]))
    before = archive.units_of(seq)
    assert archive.put(entry(article("a1", "The pier has burnt down."))) == seq
    after = archive.units_of(seq)
    assert archive.article(seq).version == 2
    assert [unit.span.of(archive.article(seq).text) for unit in after] == ["The pier has burnt down."]
    assert archive.units([unit.id for unit in before]) == []
    assert min(unit.id for unit in after) > max(unit.id for unit in before)


def test_storing_the_same_again_is_no_new_version(archive: Archive) -> None:
    seq = archive.put(entry(article("a1", TEXT)))
    archive.put(entry(article("a1", TEXT), rules_version=2))
    assert archive.article(seq).version == 1


def test_removing_leaves_nothing_behind(archive: Archive) -> None:
    archive.put(entry(article("a1", "One stays here.")))
    seq = archive.put(entry(article("a2", TEXT), [quotation(TEXT, "It will open again in May,")]))
    assert archive.remove("operator", "a2")
    assert not archive.remove("operator", "a2")
    with pytest.raises(NotFound):
        archive.article(seq)
    tables = ("articles", "units", "vectors", "quotations")
    counts = [rows(archive, f"SELECT count(*) FROM {table}") for table in tables]
    assert counts == [[(1,)], [(1,)], [(1,)], [(0,)]]
    for index in ("terms", "article_terms"):
        assert rows(archive, f"SELECT rowid FROM {index} WHERE {index} MATCH 'pier'") == []
    check_keywords(archive)


def test_the_keyword_indexes_agree_with_the_store_after_changes(archive: Archive) -> None:
    for number in range(20):
        archive.put(entry(article(f"a{number % 7}", f"{TEXT} Turn {number}."), [quotation(TEXT, "open again")]))
        archive.remove("operator", f"a{number % 3}")
    check_keywords(archive)


def test_two_owners_may_hold_the_same_id(archive: Archive) -> None:
    archive.put(entry(article("a1", "Ours is this.")))
    archive.put(entry(article("a1", "Theirs is that.", owner="guild:7")))
    archive.remove("operator", "a1")
    found = archive.find("a1", {"operator", "guild:7"})
    assert found is not None
    assert found[1].text == "Theirs is that."


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d a character"])
def test_text_that_could_not_be_given_back_is_refused(archive: Archive, text: str) -> None:
    with pytest.raises(ReadError, match="NUL character or half a character"):
        archive.put(entry(article("a1", text, source="odd.txt")))
    assert archive.counts().articles == 0


def test_another_models_vectors_are_refused(archive: Archive) -> None:
    other = EmbeddingModel("other", "b" * 64)
    archive.put(entry(article("a1", TEXT)))
    archive.expect_model(MODEL)
    with pytest.raises(ModelMismatch, match="--rebuild"):
        archive.expect_model(other)
    with pytest.raises(ModelMismatch):
        archive.put(entry(article("a2", TEXT), model=other))
    archive.change_model(other)
    with pytest.raises(ModelMismatch, match="cut short"):
        archive.expect_model(other)
    assert [record.id for record in archive.outdated(1, other)] == ["a1"]
    archive.put(entry(article("a1", TEXT), model=other))
    archive.expect_model(other)


def test_a_write_that_fails_half_way_leaves_nothing(archive: Archive) -> None:
    good = entry(article("a1", TEXT))
    broken = replace(good, units=[*good.units[:1], replace(good.units[1], digest=None)])  # type: ignore[arg-type]
    with pytest.raises(ArchiveError):
        archive.put(broken)
    assert archive.counts() == ArchiveCounts(0, 0, 0, 0)
    assert archive.state().generation == 0


def test_a_second_ingest_is_told_who_holds_the_archive(archive: Archive) -> None:
    second = Archive.open(archive.folder)
    told = pytest.raises(ArchiveBusy, match=r"process \d+ .* since 2026-03-01T12:00")
    with archive.ingest_lock(), told, second.ingest_lock():
        pass
    with second.ingest_lock():
        pass


def test_short_writes_go_through_while_an_ingest_holds_the_archive(archive: Archive) -> None:
    with archive.ingest_lock():
        Archive.open(archive.folder).put(entry(article("a1", TEXT)))
    assert archive.counts().articles == 1


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(ArchiveDamaged, match=r"archive\.sqlite is damaged"):
        Archive.open(tmp_path)


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file"):
        Archive.open(tmp_path / "file" / "data")


def test_readers_see_one_state_while_another_writes(archive: Archive) -> None:
    archive.put(entry(article("a1", TEXT)))
    start = archive.state()
    with archive.changes_since(start) as feed:
        Archive.open(archive.folder).put(entry(article("a2", TEXT)))
        assert list(feed.added) == []
        assert feed.state == start
    with archive.changes_since(start) as feed:
        assert sum(len(batch.ids) for batch in feed.added) == 3


def test_a_full_disk_is_told_and_nothing_half_is_stored(archive: Archive) -> None:
    archive.put(entry(article("a1", TEXT)))
    with archive.database.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite sets it to what there is
    with pytest.raises(ArchiveError, match="is full; nothing that was stored is lost; free"):
        archive.put(entry(article("a2", "word " * 100_000)))
    archive.close()
    assert [line.id for line in archive.listing()] == ["a1"]
    check_keywords(archive)


@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ("database is locked", ArchiveBusy, "another process"),
        ("attempt to write a readonly database", ArchiveError, "may write to its folder"),
        ("unable to open database file", ArchiveError, "may write to its folder"),
        ("database disk image is malformed", ArchiveDamaged, "put a backup back"),
        ("no such table: units", ArchiveDamaged, "no such table"),
    ],
)
def test_what_sqlite_says_is_told_in_a_sentence(said: str, kind: type[ArchiveError], told: str) -> None:
    error = explain(said, "data/archive.sqlite")
    assert isinstance(error, kind)
    assert "data/archive.sqlite" in str(error)
    assert told in str(error)
