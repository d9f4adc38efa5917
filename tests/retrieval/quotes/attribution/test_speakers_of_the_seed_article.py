"""The user's own first article, where the benchmark lies beside the repository: all nine quotations."""

from pathlib import Path

import pytest

from retrieval.domain import Article, Kind
from retrieval.quotes.extractor import Extractor
from retrieval.readers.files import read_path

SEED = Path(__file__).parents[5] / "shared" / "seed" / "article.txt"
NAMES = ["US State Department", *["Heather Nauert"] * 5, "Sergei Surovikin", "Adrian Rankine-Galloway", "US official"]


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared beside the repository")
def test_all_nine_quotations_of_the_seed_article_have_their_speakers(extractor: Extractor) -> None:
    (article,) = read_path(SEED)
    assert isinstance(article, Article)
    found = [q for q in extractor.extract(article.text) if q.kind is not Kind.REPORTED]
    assert [q.speaker and q.speaker.name for q in found] == NAMES
    assert not {"to remain", "terrorists"} & {q.span.of(article.text) for q in found}
