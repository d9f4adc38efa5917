import sqlite3
from pathlib import Path

import pytest

from retrieval.errors import ArchiveBusy
from retrieval.store.archive import Archive
from retrieval.store.deletion.tombstones import Tombstone
from retrieval.store.records import DeletionKind
from retrieval.store.sqlite.database import read_transaction
from retrieval.store.versions import past_quotations_of, replaced_unit, versions_of
from tests.retrieval.made_up_archive import NOON, Days, article, entry, quotation

TEXT = "The pier is closed. “It will open again in May,” said Ada Brook. “Nobody fell,” said Carl Voss. Rain fell."
WORDS = ("It will open again in May,", "Nobody fell,")


def put(archive: Archive, text: str, words: tuple[str, ...] = WORDS, id_: str = "a1", **fields: object) -> int:
    speakers = {"Nobody fell,": "Carl Voss"}
    said = [quotation(text, each, speakers.get(each, "Ada Brook")) for each in words]
    return archive.put(entry(article(id_, text, **fields), said))


def gone(archive: Archive, seq: int) -> list[tuple[str, str | None, str | None, str]]:
    """Words, speaker, what stands in their place, and until when."""
    with read_transaction(archive.database) as connection:
        rows = past_quotations_of(connection, [seq])
    held = archive.articles([seq])
    text = held[seq].text if held else ""
    return [(row.words, row.speaker, row.now and row.now.of(text), row.until[:10]) for row in rows]


def test_an_article_that_differs_keeps_what_it_was(archive: Archive, days: Days) -> None:
    seq = put(archive, TEXT, title="Pier closed")
    days.pass_by(4)
    put(archive, TEXT.replace("in May", "in June"), ("It will open again in June,", "Nobody fell,"), title="Pier shut")
    with read_transaction(archive.database) as connection:
        (first, came, went), (second, came_then, still) = versions_of(connection, seq)
        assert first == article("a1", TEXT, title="Pier closed")
    assert (came[:10], went and went[:10], came_then[:10], still) == ("2026-03-01", "2026-03-05", "2026-03-05", None)
    assert (second.version, second.title) == (2, "Pier shut")


@pytest.mark.parametrize("fields", [{"modified": "2026-03-04"}, {"source": "elsewhere.txt"}])
def test_what_no_reader_is_told_makes_no_version(archive: Archive, fields: dict[str, object]) -> None:
    seq = put(archive, TEXT)
    put(archive, TEXT, **fields)
    assert archive.article(seq).version == 1


def test_a_changed_quotation_is_kept_with_what_it_became(archive: Archive, days: Days) -> None:
    seq = put(archive, TEXT)
    days.pass_by(4)
    put(archive, TEXT.replace("in May", "in June"), ("It will open again in June,", "Nobody fell,"))
    assert gone(archive, seq) == [(WORDS[0], "Ada Brook", "It will open again in June,", "2026-03-05")]


def test_a_quotation_that_was_taken_out_is_kept_without_a_place(archive: Archive, days: Days) -> None:
    seq = put(archive, TEXT)
    days.pass_by(1)
    put(archive, TEXT.replace("“Nobody fell,” said Carl Voss. ", ""), WORDS[:1])
    assert gone(archive, seq) == [("Nobody fell,", "Carl Voss", None, "2026-03-02")]


def test_quotations_that_only_moved_are_no_change(archive: Archive) -> None:
    seq = put(archive, TEXT)
    put(archive, "News at noon. “Nobody fell,” said Carl Voss. " + TEXT.replace("“Nobody fell,” said Carl Voss. ", ""))
    assert archive.article(seq).version == 2
    assert gone(archive, seq) == []


def test_the_same_words_given_to_somebody_else_are_a_change(archive: Archive) -> None:
    seq = put(archive, TEXT)
    new = TEXT.replace("Ada Brook", "Bea Lind")
    archive.put(
        entry(article("a1", new), [quotation(new, WORDS[0], "Bea Lind"), quotation(new, WORDS[1], "Carl Voss")])
    )
    assert gone(archive, seq) == [(WORDS[0], "Ada Brook", WORDS[0], "2026-03-01")]


def test_what_became_of_words_is_followed_through_later_versions(archive: Archive, days: Days) -> None:
    seq = put(archive, TEXT)
    for month in ("June", "July"):
        days.pass_by(1)
        new = f"Late news{'!' * len(month)} " + TEXT.replace("May", month)
        put(archive, new, (f"It will open again in {month},", "Nobody fell,"))
    now = "It will open again in July,"
    assert [(words, became) for words, _, became, _ in gone(archive, seq)] == [
        ("It will open again in June,", now),
        ("It will open again in May,", now),
    ]
    days.pass_by(1)
    put(archive, "Nothing at all is left.", ())
    assert {became for _, _, became, _ in gone(archive, seq)} == {None}


def test_units_that_are_no_more_are_known_by_article_and_version(archive: Archive) -> None:
    seq = put(archive, TEXT)
    unit = archive.units_of(seq)[-1].id
    put(archive, TEXT + " More.")
    archive.remove("operator", "a1")
    with read_transaction(archive.database) as connection:
        assert replaced_unit(connection, unit) == (seq, 1)
        assert replaced_unit(connection, unit + 99) is None


def test_a_removal_can_be_undone_with_all_that_was_searched(archive: Archive) -> None:
    seq = put(archive, TEXT, authors=("Bo Lind",))
    before = archive.article(seq), archive.units_of(seq)
    vectors = archive.vectors([unit.id for unit in before[1]])
    assert archive.remove("operator", "a1")
    assert archive.articles([seq]) == {}
    assert archive.restore("operator", "a1")
    assert not archive.restore("operator", "a1")
    units = archive.units_of(seq)
    assert archive.article(seq) == before[0]
    assert [(unit.span, unit.context, unit.quotation) for unit in units] == [
        (unit.span, unit.context, unit.quotation) for unit in before[1]
    ]
    assert (archive.vectors([unit.id for unit in units]) == vectors).all()
    check = "INSERT INTO article_terms(article_terms, rank) VALUES ('integrity-check', 1)"
    with archive.database.connect() as connection:
        connection.exec_driver_sql(check)
        connection.exec_driver_sql(check.replace("article_terms", "terms"))


def test_what_its_publisher_withdrew_returns_with_its_next_version(archive: Archive, days: Days) -> None:
    seq = put(archive, TEXT)
    assert archive.withdraw("operator", "a1", "its address answers 410 Gone")
    assert not archive.withdraw("operator", "a1", "once more")
    assert archive.tombstone("operator", "a1") is None
    (aside,) = archive.deleted_articles({"operator"})
    assert (aside.seq, aside.why, aside.reason) == (seq, DeletionKind.WITHDRAWN, "its address answers 410 Gone")
    assert archive.deleted_articles({"guild:1"}) == []
    days.pass_by(2)
    assert put(archive, TEXT.replace("Rain fell", "Snow fell")) == seq
    assert archive.article(seq).version == 2
    assert archive.deleted_articles({"operator"}) == []


def test_what_a_person_removed_stays_away_even_where_it_was_withdrawn_before(archive: Archive) -> None:
    put(archive, TEXT)
    archive.withdraw("operator", "a1", "gone")
    assert archive.remove("operator", "a1")
    assert archive.tombstone("operator", "a1") == Tombstone(NOON.date(), "a1", words=False)


def words_on_disk(folder: Path, word: str) -> list[str]:
    return [file.name for file in folder.iterdir() if word.encode() in file.read_bytes().lower()]


def test_after_a_purge_no_word_of_it_is_left_in_any_file(archive: Archive) -> None:
    secret = "Zanzibarqux hid the wyvernkeys. “Zanzibarqux was never here,” said Ada Brook."
    for number in range(30):
        put(archive, f"{TEXT} Part {number}.", id_=f"b{number}")
    put(archive, secret, ("Zanzibarqux was never here,",), title="Zanzibarqux at large", authors=("Quillfeather",))
    put(archive, secret.replace("never", "seldom"), ("Zanzibarqux was seldom here,",), title="Zanzibarqux found")
    archive.remove("operator", "a1")
    assert words_on_disk(archive.folder, "zanzibarqux")
    archive.purge(archive.deleted_articles({"operator"}))
    for word in ("zanzibarqux", "wyvernkey", "quillfeather"):
        assert words_on_disk(archive.folder, word) == []
    assert len(archive.listing()) == 30
    assert not archive.restore("operator", "a1")
    assert archive.tombstone("operator", "a1") == Tombstone(NOON.date(), "a1", words=False)
    assert archive.lift_tombstone("operator", "a1")
    assert archive.tombstone("operator", "a1") is None


def test_what_was_put_back_meanwhile_is_not_purged(archive: Archive) -> None:
    seq = put(archive, TEXT)
    put(archive, TEXT + " More.")
    archive.remove("operator", "a1")
    aside = archive.deleted_articles()
    archive.restore("operator", "a1")
    archive.purge(aside)
    with read_transaction(archive.database) as connection:
        assert len(versions_of(connection, seq)) == 2


def test_a_purge_goes_through_beside_the_bot_and_is_told_when_somebody_reads(archive: Archive) -> None:
    put(archive, TEXT.replace("pier", "zanzibarqux"))
    archive.remove("operator", "a1")
    other = Archive.open(archive.folder)
    assert other.listing() == []
    with other.database.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM set_aside").one()
        with archive.database.connect() as impatient:
            impatient.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(ArchiveBusy, match="purge --all"):
            archive.purge(archive.deleted_articles({"operator"}))
    assert other.listing() == []
    archive.purge([])
    other.close()
    assert words_on_disk(archive.folder, "zanzibarqux") == []


def test_articles_of_an_older_archive_are_brought_to_their_copies(archive: Archive) -> None:
    longer = f"{TEXT} The harbour office asks everybody to stay behind the fence until the planks are dry."
    put(archive, longer)
    put(archive, longer, id_="a2")
    with sqlite3.connect(archive.folder / "archive.sqlite") as database:
        database.execute("DELETE FROM copy_bands")
        database.execute("DELETE FROM copy_pairs")
    archive.find_missing_duplicates()
    with sqlite3.connect(archive.folder / "archive.sqlite") as database:
        assert database.execute("SELECT first, second, similarity FROM copy_pairs").fetchall() == [(1, 2, 1.0)]
