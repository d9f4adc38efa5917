from collections.abc import Iterator

import pytest

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from retrieval.domain import Article
from retrieval.ingest.events import ArticleSkipped, ArticleStored
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.reasons import Reason
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import article, entry

TEXT = "The pier is closed this spring. “It opens in May,” said Brook."


@pytest.fixture
def ingester(archive: Archive) -> Ingester:
    return Ingester(archive, HashEncoder(), ExtractionRules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]


def test_what_a_person_removed_is_not_read_again_and_what_was_withdrawn_is(
    archive: Archive, ingester: Ingester
) -> None:
    read = [article("removed", TEXT), article("withdrawn", TEXT + " Late news.")]
    assert [type(event) for event in ingester.ingest(read)] == [ArticleStored, ArticleStored]
    archive.remove("operator", "removed")
    archive.withdraw("operator", "withdrawn", "410 Gone")
    kept_out, back = ingester.ingest(read)
    assert isinstance(kept_out, ArticleSkipped)
    assert "articles restore removed" in str(kept_out.reason)
    assert isinstance(back, ArticleStored)
    assert [listed.id for listed in archive.listing()] == ["withdrawn"]
    assert archive.article(2).version == 1
    archive.restore("operator", "removed")
    assert [type(event) for event in ingester.ingest(read)] == [ArticleSkipped, ArticleSkipped]


def test_words_that_the_operator_removed_come_back_under_no_other_id(archive: Archive, ingester: Ingester) -> None:
    page, copy = article("page", TEXT), article("copy", TEXT.replace(" ", "\n", 1))
    list(ingester.ingest([page]))
    archive.remove("operator", "page")
    said = "its words were removed on 2026-03-01; `ontherecord articles restore page --elsewhere` lets them in again"
    assert list(ingester.ingest([copy])) == [ArticleSkipped(copy, Reason.stated(said))]
    assert archive.lift_text_tombstone("operator", "page")
    still_out, back = ingester.ingest([page, copy])
    assert "articles restore page` lets it in" in str(isinstance(still_out, ArticleSkipped) and still_out.reason)
    assert isinstance(back, ArticleStored)


def test_the_ban_on_words_outlives_the_purge_and_can_be_lifted_then_too(archive: Archive) -> None:
    archive.put(entry(article("page", TEXT)))
    archive.remove("operator", "page")
    archive.purge(archive.deleted_articles())
    ban = archive.tombstone("operator", "copy", TEXT)
    assert ban
    assert ban.words
    assert "page" not in ban.named
    assert archive.lift_text_tombstone("operator", ban.named)
    assert archive.tombstone("operator", "copy", TEXT) is None
    assert archive.tombstone("operator", "page")


def test_a_copy_that_is_removed_leaves_the_words_to_the_other(archive: Archive) -> None:
    for id_ in ("page", "copy"):
        archive.put(entry(article(id_, TEXT)))
    archive.remove("operator", "copy")
    assert archive.tombstone("operator", "page", TEXT) is None
    archive.withdraw("operator", "page", "410 Gone")
    assert archive.tombstone("operator", "another", TEXT) is None
    archive.remove("operator", "page")
    assert archive.tombstone("operator", "another", TEXT)


def test_a_ban_on_words_is_its_owners_and_a_servers_own_people_make_none(archive: Archive) -> None:
    for id_, owner in (("page", "operator"), ("page", "guild:7"), ("copy", "guild:7")):
        archive.put(entry(article(id_, f"{TEXT} {id_}", owner=owner)))
    archive.remove("operator", "page")
    archive.remove("guild:7", "page", by="guild:7")
    assert archive.tombstone("guild:7", "another", f"{TEXT} page") is None
    archive.remove("guild:7", "copy", by="operator")
    assert archive.tombstone("guild:7", "another", f"{TEXT} copy")
    assert archive.tombstone("operator", "another", f"{TEXT} copy") is None


def test_what_is_removed_while_it_is_read_again_does_not_come_back(archive: Archive, ingester: Ingester) -> None:
    list(ingester.ingest([article("pier", TEXT)]))

    def reading() -> Iterator[Article]:
        yield article("pier", TEXT + " Late news.")
        archive.remove("operator", "pier")  # its quotations are being looked for now

    (event,) = ingester.ingest(reading())
    assert isinstance(event, ArticleSkipped)
    assert archive.listing() == []


def test_corrections_outlive_a_withdrawal(archive: Archive, ingester: Ingester) -> None:
    list(ingester.ingest([article("pier", TEXT)]))
    list(ingester.edit("operator", "pier", {"publisher": "The Gazette"}))
    archive.withdraw("operator", "pier", "410 Gone")
    list(ingester.ingest([article("pier", TEXT + " Late news.")]))
    assert [found.publisher for found in archive.articles([1]).values()] == ["The Gazette"]
