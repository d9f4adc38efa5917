from pathlib import Path

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
