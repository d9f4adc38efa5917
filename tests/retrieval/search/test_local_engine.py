import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.reliability.light_models import vector_of
from retrieval.domain import Filters
from retrieval.errors import ArchiveError, ModelMismatch
from retrieval.search.local.engine import FILE, LocalEngine
from retrieval.store.archive import FILE as STORE
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import MODEL, article, entry, open_archive, quotation

OWNERS = ("operator", "guild:1", "guild:2")
PUBLISHERS = ("The Shore", "Inland News", None)
SPEAKERS = ("Ada Brook", "Bo Lind", "Cy Moor", None)
DAYS = ("2024-01-31", "2024-02-01T09:00:00+01:00", "2025-06-30", None)


def fill(archive: Archive, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        text = f"Ship number n{number} left harbour. “We sail at {number},” the captain said. A gull cried q{number}."
        said = quotation(text, f"We sail at {number},", SPEAKERS[number % 4])
        given = article(
            f"a{number}",
            text,
            owner=OWNERS[number % 3],
            publisher=PUBLISHERS[number // 2 % 3],
            published=DAYS[number // 3 % 4],
        )
        archive.put(entry(given, [said]))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("archive"))
    fill(archive, 60)
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def engine(archive: Archive) -> LocalEngine:
    return LocalEngine(archive)


def everything(archive: Archive) -> list[tuple[int, str, str | None, str | None, str | None]]:
    """Of each unit its id, owner, publisher, day and speaker, read by other means than the engine's."""
    query = """
        SELECT units.id, owner, publisher, substr(published, 1, 10), speaker_name
        FROM units JOIN articles ON seq = article LEFT JOIN quotations ON unit = units.id
    """
    with sqlite3.connect(archive.folder / STORE) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def allowed(archive: Archive, filters: Filters) -> list[int]:
    return [
        id_
        for id_, owner, publisher, day, speaker in everything(archive)
        if owner in filters.owners
        and (filters.publisher is None or (publisher or "").casefold() == filters.publisher.casefold())
        and (filters.speaker is None or (speaker or "").endswith(filters.speaker))
        and (filters.after is None or (day is not None and day >= filters.after.isoformat()))
        and (filters.before is None or (day is not None and day <= filters.before.isoformat()))
    ]


some_filters = st.builds(
    Filters,
    owners=st.frozensets(st.sampled_from([*OWNERS, "guild:3"])),
    speaker=st.sampled_from([None, "Brook", "Lind", "Nobody"]),
    publisher=st.sampled_from([None, "the shore", "Inland News", "Else"]),
    after=st.sampled_from([None, date(2024, 2, 1), date(2025, 6, 30)]),
    before=st.sampled_from([None, date(2024, 1, 31), date(2025, 1, 1)]),
)


@given(some_filters, st.integers(1, 80), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_nearness_is_that_of_brute_force_among_what_may_be_seen(
    archive: Archive, engine: LocalEngine, filters: Filters, limit: int, seed: int
) -> None:
    wanted = vector_of(str(seed))
    ids = allowed(archive, filters)
    scores = dict(zip(ids, archive.vectors(ids) @ wanted, strict=True)) if ids else {}
    hits = engine.search_vector(wanted, filters, limit)
    best = sorted(scores.values(), reverse=True)[:limit]
    np.testing.assert_allclose([hit.score for hit in hits], best, atol=1e-5)
    np.testing.assert_allclose([scores[hit.unit] for hit in hits], best, atol=1e-5)
    assert len({hit.unit for hit in hits}) == len(hits)


@given(some_filters, st.integers(1, 80))
@settings(max_examples=60, deadline=None)
def test_words_find_only_what_may_be_seen_and_all_of_it(
    archive: Archive, engine: LocalEngine, filters: Filters, limit: int
) -> None:
    ids = set(allowed(archive, filters))
    found = {hit.unit for hit in engine.search_terms("captain gull ship sail", filters, 1000)}
    assert found == ids
    assert {hit.unit for hit in engine.search_terms("captain gull ship sail", filters, limit)} <= ids
    articles = {hit.unit for hit in engine.search_articles("captain", filters, 1000)}
    assert articles == {unit.article for unit in archive.units(sorted(ids))}


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_may_be_searched_for(engine: LocalEngine, text: str) -> None:
    engine.search_terms(text, Filters(), 5)
    engine.search_articles(text, Filters(), 5)
    engine.search_wording(text, Filters(), 5)


@pytest.mark.parametrize(
    "text", ['"', "NEAR(a b)", "title:ship", "a OR", "-*^(", "n3 AND NOT", "'; DROP TABLE units; --"]
)
def test_query_syntax_is_only_words(engine: LocalEngine, text: str) -> None:
    engine.search_terms(text, Filters(), 5)


def test_the_rare_word_decides(archive: Archive, engine: LocalEngine) -> None:
    (hit, *_) = engine.search_terms("which ship is n42?", Filters(frozenset(OWNERS)), 5)
    (unit,) = archive.units([hit.unit])
    assert unit.span.of(archive.article(unit.article).text) == "Ship number n42 left harbour."


def test_a_word_finds_its_other_forms(engine: LocalEngine) -> None:
    assert engine.search_terms("sailing", Filters(), 5)
    assert engine.frequencies(["sailed", "nowhere"], frozenset(OWNERS)) == {"sailed": 120, "nowhere": 0}


def test_a_word_is_counted_in_the_articles_that_may_be_seen_alone(archive: Archive, engine: LocalEngine) -> None:
    words = ["ship", "sail", "n3", "n4", "gull"]
    for owners in (frozenset(OWNERS[:1]), frozenset(OWNERS[:2])):
        texts = [
            archive.article(line.article).text[unit.context : unit.span.end]
            for line in archive.listing()
            if line.owner in owners
            for unit in archive.units_of(line.article)
        ]
        told = engine.frequencies(words, owners)
        assert told["n3"] == sum(" n3 " in text for text in texts)
        assert told["n4"] == sum(" n4 " in text for text in texts)
        assert engine.unit_count(owners) == len(texts)


def test_what_others_wrote_changes_no_count(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.put(entry(article("mine", "The heron sleeps. The gull cries.")))
    engine = LocalEngine(archive, freshness=0)
    mine = frozenset({"operator"})
    before = engine.frequencies(["heron", "gull", "secret"], mine), engine.unit_count(mine)
    for number in range(9):
        archive.put(entry(article(f"theirs-{number}", f"The heron keeps secret {number}.", owner="guild:7")))
    assert len(engine.search_terms("secret", Filters(mine), 9)) == 0
    assert (engine.frequencies(["heron", "gull", "secret"], mine), engine.unit_count(mine)) == before
    assert engine.frequencies(["heron"], frozenset({"operator", "guild:7"})) == {"heron": 10}
    archive.close()


def test_an_empty_archive_finds_nothing_and_then_what_comes(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    engine = LocalEngine(archive, freshness=0)
    assert engine.search_vector(vector_of("x"), Filters(), 5) == []
    assert engine.search_terms("ship", Filters(), 5) == []
    fill(archive, 1)
    assert len(engine.search_vector(vector_of("x"), Filters(), 9)) == 4
    archive.remove("operator", "a0")
    assert engine.search_vector(vector_of("x"), Filters(), 9) == []
    assert LocalEngine(archive).search_vector(vector_of("x"), Filters(), 9) == []
    fill(archive, 1)
    assert len(engine.search_vector(vector_of("x"), Filters(), 9)) == 4


def test_what_is_removed_or_changed_is_gone_from_both_searches(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 12)
    engine = LocalEngine(archive, freshness=0)
    everybody = Filters(frozenset(OWNERS))
    archive.remove("operator", "a3")
    archive.put(entry(article("a6", "Nothing of it is left.")))
    for text in ("Ship number n3 left harbour.", "Ship number n6 left harbour."):
        assert engine.search_vector(vector_of(text), everybody, 1)[0].score < 0.99
        assert engine.search_terms(text.split()[2], everybody, 5) == []
    assert engine.search_vector(vector_of("Nothing of it is left."), everybody, 1)[0].score > 0.99
    assert len(engine) == 11 * 4 - 4 + 1
    check_against_store(archive, engine)


def test_an_engine_follows_a_long_history_of_changes(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    engine = LocalEngine(archive, freshness=0)
    random = np.random.default_rng(5)
    for step in range(60):
        number = int(random.integers(0, 12))
        if random.random() < 0.4:
            archive.remove(OWNERS[number % 3], f"a{number}")
        else:
            fill(archive, 1, number)
        if step % 7 == 0:
            check_against_store(archive, engine)
        if step % 20 == 0:
            engine.save()
    check_against_store(archive, engine)
    check_against_store(archive, LocalEngine(archive))


def check_against_store(archive: Archive, engine: LocalEngine) -> None:
    ids = [row[0] for row in everything(archive)]
    hits = engine.search_vector(vector_of("any"), Filters(frozenset(OWNERS)), 10_000)
    assert sorted(hit.unit for hit in hits) == sorted(ids)
    scores = archive.vectors([hit.unit for hit in hits]) @ vector_of("any") if hits else []
    np.testing.assert_allclose([hit.score for hit in hits], scores, atol=1e-5)
    assert engine.generation() == archive.state().generation


def test_changes_are_looked_for_no_more_often_than_asked(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    now = [0.0]
    engine = LocalEngine(archive, freshness=1.0, clock=lambda: now[0])
    fill(archive, 1)
    assert engine.search_vector(vector_of("x"), Filters(), 5) == []
    now[0] = 1.0
    assert len(engine.search_vector(vector_of("x"), Filters(), 5)) == 4


def test_a_snapshot_is_taken_up_with_what_came_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 6)
    LocalEngine(archive).save()
    fill(archive, 2, 6)
    archive.remove("operator", "a0")
    monkeypatch.setattr("retrieval.store.changelog.BATCH", 3)
    engine = LocalEngine(archive)
    check_against_store(archive, engine)


@pytest.mark.parametrize("keep", [0, 10, 200, 2000])
def test_a_truncated_snapshot_is_built_anew(tmp_path: Path, keep: int) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 6)
    LocalEngine(archive).save()
    snapshot = tmp_path / FILE
    snapshot.write_bytes(snapshot.read_bytes()[:keep])
    check_against_store(archive, LocalEngine(archive))


def test_a_snapshot_with_one_wrong_byte_is_built_anew(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 6)
    LocalEngine(archive).save()
    snapshot = tmp_path / FILE
    content = bytearray(snapshot.read_bytes())
    content[len(content) // 2] ^= 1
    snapshot.write_bytes(bytes(content))
    check_against_store(archive, LocalEngine(archive))


def test_another_archives_snapshot_is_not_believed(tmp_path: Path) -> None:
    first, second = open_archive(tmp_path / "first"), open_archive(tmp_path / "second")
    fill(first, 3)
    fill(second, 3, start=3)
    LocalEngine(first).save()
    (tmp_path / "second" / FILE).write_bytes((tmp_path / "first" / FILE).read_bytes())
    check_against_store(second, LocalEngine(second))


def test_a_snapshot_that_can_not_be_written_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 2)
    engine = LocalEngine(archive)
    engine.save()
    before = (tmp_path / FILE).read_bytes()
    fill(archive, 1, 2)
    engine.refresh()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ArchiveError, match="No space left"):
        engine.save()
    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.glob(f"{FILE}*")] == [FILE]
    check_against_store(archive, LocalEngine(archive))


def test_a_changed_model_is_refused_while_running(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 2)
    engine = LocalEngine(archive, freshness=0)
    other = type(MODEL)("other", "b" * 64)
    archive.change_model(other)
    archive.put(entry(article("a0", "New words."), model=other))
    with pytest.raises(ModelMismatch, match="start the program again"):
        engine.search_vector(vector_of("x"), Filters(), 5)


def test_a_snapshot_that_faiss_can_not_read_is_built_anew_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_archive(tmp_path)
    fill(archive, 3)
    monkeypatch.setattr("faiss.serialize_index", lambda _: np.frombuffer(b"no index of faiss", dtype=np.uint8))
    LocalEngine(archive).save()
    monkeypatch.undo()
    engine = LocalEngine(archive)
    assert len(engine) == 3 * 4
    assert "index not usable, building it anew" in caplog.text
    assert engine.search_terms("gull", Filters(frozenset(OWNERS)), 9)
    archive.close()
