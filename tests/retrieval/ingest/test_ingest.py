from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.reliability.light_models import HashEncoder, MarksOnly, Shouting, Undecided
from retrieval.domain import Article, Span
from retrieval.errors import ArchiveBusy, ModelMismatch, NotFound, ReadError
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, ArticleStored, IngestEvent, IngestSummary
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.readers.files import read_path
from retrieval.reasons import Reason
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import article

TEXT = "The pier is closed this spring. “It opens in May,” said Brook. “STAY AWAY UNTIL THEN,” said Lind. All nodded."


def ingester(archive: Archive, encoder: object = None, rules: ExtractionRules | None = None) -> Ingester:
    return Ingester(archive, encoder or HashEncoder(), rules or ExtractionRules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]


def run(archive: Archive, articles: Iterable[Article | ReadError], **parts: object) -> list[IngestEvent]:
    return list(ingester(archive, **parts).ingest(articles))  # type: ignore[arg-type]


def words(archive: Archive, seq: int) -> list[tuple[str, bool]]:
    text = archive.article(seq).text
    return [(unit.span.of(text), unit.quotation is not None) for unit in archive.units_of(seq)]


def must_not_run() -> MarksOnly:
    raise AssertionError("nothing was to be parsed")


def test_passages_and_quotations_are_stored_in_the_order_of_reading(archive: Archive) -> None:
    given = [article(f"a{number}", TEXT + " More." * number) for number in range(9)]
    events = run(archive, given)
    assert events == [ArticleStored(each, passages=3, quotations=2) for each in given]
    assert [line.id for line in archive.listing()] == [each.id for each in given]
    assert words(archive, 1) == [
        ("The pier is closed this spring.", False),
        ("“It opens in May,” said Brook.", False),
        ("“STAY AWAY UNTIL THEN,” said Lind. All nodded.", False),
        ("It opens in May,", True),
        ("STAY AWAY UNTIL THEN,", True),
    ]


def test_what_is_there_already_is_skipped_without_being_parsed(archive: Archive) -> None:
    run(archive, [article("a1", TEXT)])
    moved = article("a1", TEXT, source="elsewhere.txt")
    assert run(archive, [moved], rules=ExtractionRules(must_not_run, 1)) == [ArticleSkipped(moved)]


def test_a_changed_article_is_replaced(archive: Archive) -> None:
    run(archive, [article("a1", TEXT), article("a2", TEXT)])
    events = run(archive, [article("a1", "Quite another text."), article("a2", TEXT, publisher="The Shore")])
    assert [type(event) for event in events] == [ArticleStored, ArticleStored]
    assert words(archive, 1) == [("Quite another text.", False)]
    assert (archive.article(1).version, archive.article(2).publisher) == (2, "The Shore")


def test_what_is_broken_is_reported_in_its_place_and_the_rest_goes_on(archive: Archive) -> None:
    given = [
        article("a1", TEXT),
        ReadError("b.html", "isn't valid"),
        article("a2", "This can't be parsed.", source="c.txt"),
        article("a3", "This kills the process.", source="d.txt"),
        article("a4", "Half \ud83d a character.", source="e.txt"),
        article("a5", TEXT),
    ]
    events = run(archive, given)
    assert [type(event) for event in events] == [
        ArticleStored,
        ArticleFailed,
        ArticleFailed,
        ArticleFailed,
        ArticleFailed,
        ArticleStored,
    ]
    told = [f"{event.source}: {event.reason}" for event in events if isinstance(event, ArticleFailed)]
    assert "no such construction" in told[1]
    assert "the process that looked for its quotations ended" in told[2]
    assert [line.split(":")[0] for line in told] == ["b.html", "c.txt", "d.txt", "e.txt"]


def test_two_articles_with_one_id_in_a_run_are_not_mixed_up(archive: Archive) -> None:
    first, second = article("a1", TEXT), article("a1", "Quite another text.", source="second.txt")
    events = run(archive, [first, second, first])
    assert [type(event) for event in events[:2]] == [ArticleStored, ArticleFailed]
    assert archive.article(1).text == TEXT


def test_new_rules_find_quotations_anew_and_use_the_vectors_again(archive: Archive) -> None:
    run(archive, [article("a1", TEXT)], encoder=Undecided())
    before = vectors(archive)
    rules = ExtractionRules(Shouting, 2)
    events = list(ingester(archive, Undecided(), rules).rebuild())
    assert events == [ArticleStored(article("a1", TEXT), passages=3, quotations=1)]
    after = vectors(archive)
    assert set(after) < set(before)
    for text, vector in after.items():
        np.testing.assert_array_equal(vector, before[text])
    assert list(ingester(archive, Undecided(), rules).rebuild()) == []
    assert run(archive, [article("a1", TEXT)], encoder=Undecided(), rules=rules) == [
        ArticleSkipped(article("a1", TEXT))
    ]


def vectors(archive: Archive) -> dict[tuple[Span, bool], np.ndarray]:
    units = archive.units_of(1)
    rows = archive.vectors([unit.id for unit in units])
    return {(unit.span, unit.quotation is not None): row for unit, row in zip(units, rows, strict=True)}


def test_another_model_is_refused_until_the_archive_is_rebuilt(archive: Archive) -> None:
    run(archive, [article("a1", TEXT), article("a2", TEXT)])
    other = HashEncoder("others")
    with pytest.raises(ModelMismatch, match="--rebuild"):
        run(archive, [article("a3", TEXT)], encoder=other)
    half: Any = ingester(archive, other).rebuild()
    next(half)
    half.close()
    with pytest.raises(ModelMismatch, match="cut short"):
        archive.expect_model(other.model)
    assert len(list(ingester(archive, other).rebuild())) == 1
    archive.expect_model(other.model)
    (first, *_), (second, *_) = archive.units_of(1), archive.units_of(2)
    np.testing.assert_array_equal(archive.vectors([first.id])[0].shape, archive.vectors([second.id])[0].shape)


def test_a_correction_outlives_the_next_reading(archive: Archive) -> None:
    read = article("a1", TEXT)
    run(archive, [read])
    list(ingester(archive).edit("operator", "a1", {"publisher": "The Shore", "authors": ["Bo Lind"]}))
    assert archive.article(1) == replace(read, publisher="The Shore", authors=("Bo Lind",))
    assert run(archive, [read]) == [ArticleSkipped(read)]
    run(archive, [replace(read, text=TEXT + " News!", publisher="Wrong again")])
    corrected = archive.article(1)
    assert (corrected.publisher, corrected.authors, corrected.version) == ("The Shore", ("Bo Lind",), 2)
    with pytest.raises(NotFound):
        list(ingester(archive).edit("operator", "a9", {"title": "x"}))


def test_an_interrupted_run_has_stored_what_it_reported(archive: Archive) -> None:
    given = [article(f"a{number}", TEXT) for number in range(6)]
    events: Any = ingester(archive).ingest(given)
    reported = [next(events), next(events)]
    events.close()
    assert archive.counts().articles == 2
    assert [event.article for event in reported if isinstance(event, ArticleStored)] == given[:2]
    again = run(archive, given)
    assert [type(event) for event in again] == [
        ArticleSkipped,
        ArticleSkipped,
        ArticleStored,
        ArticleStored,
        ArticleStored,
        ArticleStored,
    ]


def test_a_second_ingest_is_refused_while_one_is_at_work(archive: Archive) -> None:
    events: Any = ingester(archive).ingest([article("a1", TEXT), article("a2", TEXT)])
    next(events)
    with pytest.raises(ArchiveBusy, match="--wait"):
        run(Archive.open(archive.folder), [article("a3", TEXT)])
    events.close()


def test_the_summary_counts_every_event() -> None:
    failed = ArticleFailed("b", Reason.stated("broken"))
    summary = IngestSummary()
    for event in (ArticleStored(article("a1", TEXT), 4, 2), ArticleSkipped(article("a2", TEXT)), failed):
        summary = summary.with_event(event)
    assert summary == IngestSummary(articles=1, passages=4, quotations=2, skipped=1, failures=(failed,))


def test_the_readers_articles_go_in(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "pier.jsonl"
    file.write_text('{"id": "p1", "title": "Pier", "text": "The pier is closed."}\nnot JSON\n')
    events = run(archive, read_path(file))
    assert [type(event) for event in events] == [ArticleStored, ArticleFailed]
