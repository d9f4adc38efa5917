from collections.abc import Iterator
from pathlib import Path

from retrieval.articles import Article
from retrieval.ingest import Ingester, Rules, Skipped, Stored
from tests.retrieval.light_models import HashEncoder, MarksOnly
from tests.retrieval.made_up_archive import article, open_archive

TEXT = "The pier is closed this spring. “It opens in May,” said Brook."


def test_what_a_person_removed_is_not_read_again_and_what_was_withdrawn_is(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ingester = Ingester(archive, HashEncoder(), Rules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]
    read = [article("removed", TEXT), article("withdrawn", TEXT + " Late news.")]
    assert [type(event) for event in ingester.ingest(read)] == [Stored, Stored]
    archive.remove("operator", "removed")
    archive.withdraw("operator", "withdrawn", "410 Gone")
    kept_out, back = ingester.ingest(read)
    assert isinstance(kept_out, Skipped)
    assert "articles restore removed" in str(kept_out.reason)
    assert isinstance(back, Stored)
    assert [listed.id for listed in archive.listing()] == ["withdrawn"]
    assert archive.article(2).version == 1
    archive.restore("operator", "removed")
    assert [type(event) for event in ingester.ingest(read)] == [Skipped, Skipped]
    archive.close()


def test_what_is_removed_while_it_is_read_again_does_not_come_back(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ingester = Ingester(archive, HashEncoder(), Rules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]
    list(ingester.ingest([article("pier", TEXT)]))

    def reading() -> Iterator[Article]:
        yield article("pier", TEXT + " Late news.")
        archive.remove("operator", "pier")  # its quotations are being looked for now

    (event,) = ingester.ingest(reading())
    assert isinstance(event, Skipped)
    assert archive.listing() == []
    archive.close()


def test_corrections_outlive_a_withdrawal(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ingester = Ingester(archive, HashEncoder(), Rules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]
    list(ingester.ingest([article("pier", TEXT)]))
    list(ingester.edit("operator", "pier", {"publisher": "The Gazette"}))
    archive.withdraw("operator", "pier", "410 Gone")
    list(ingester.ingest([article("pier", TEXT + " Late news.")]))
    assert [found.publisher for found in archive.articles([1]).values()] == ["The Gazette"]
    archive.close()
