from dataclasses import dataclass
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from benchmarks.reliability.light_models import vector_of
from cli.main import app
from retrieval.answering.posted_answers import PostedAnswers, PostedMessage
from retrieval.answering.quotation_status import QuotationFate, QuotationStatuses
from retrieval.domain import OPERATOR, Filters, Span
from retrieval.search.local.engine import LocalEngine
from tests.retrieval.made_up_archive import NOON, article, entry, open_archive, quotation

WORDS = '"The tower may stay," said Ada Brook.'


@pytest.fixture
def archive(tmp_path):
    archive = open_archive(tmp_path)
    theirs = article("tower", WORDS, owner="guild:7")
    archive.put(entry(theirs, [quotation(WORDS, "The tower may stay,")]))
    yield archive
    archive.close()


@dataclass(frozen=True)
class Pointed:
    span: Span
    quotation: int
    article: str | None = None

    def still_means(self, words):
        return words == "The tower may stay,"


def run(tmp_path, *arguments):
    return CliRunner().invoke(app, ["articles", "share", *arguments, "--data", str(tmp_path)])


def test_what_a_server_added_is_everybodys_once_the_operator_shares_it(archive, tmp_path):
    engine, wanted = LocalEngine(archive, freshness=0), vector_of("The tower may stay,")
    assert engine.search_vector(wanted, Filters(), 5) == []
    result = run(tmp_path, "tower", "--server", "7")

    assert result.exit_code == 0, result.output
    assert archive.find("tower", ["guild:7"]) is None
    seq, shared = archive.find("tower", [OPERATOR])
    assert shared.text == WORDS
    assert [unit.quotation.speaker.name for unit in archive.units_of(seq) if unit.quotation] == ["Ada Brook"]
    assert engine.search_vector(wanted, Filters(), 5)[0].score > 0.99


def test_what_was_shown_of_a_shared_article_still_stands(archive, tmp_path):
    seq, _ = archive.find("tower", ["guild:7"])
    unit = next(unit for unit in archive.units_of(seq) if unit.quotation)
    shown = PostedAnswers(archive, lambda: NOON, timedelta(days=90))
    shown.remember(PostedMessage(1, 2, 7), [Pointed(unit.span, unit.id)], {OPERATOR, "guild:7"})
    assert run(tmp_path, "tower", "--server", "7").exit_code == 0

    assert shown.due() == []
    place = QuotationStatuses(archive).find(Pointed(unit.span, unit.id), {OPERATOR})
    assert place
    assert QuotationStatuses(archive).of(place).fate is QuotationFate.STANDS
    assert archive.deleted_articles() == []


def test_nothing_is_shared_that_the_server_did_not_add_or_that_would_replace_another(archive, tmp_path):
    assert run(tmp_path, "tower", "--server", "8").exit_code
    assert run(tmp_path, "pier", "--server", "7").exit_code
    archive.put(entry(article("tower", "Another tower.")))
    assert run(tmp_path, "tower", "--server", "7").exit_code
    archive.remove(OPERATOR, "tower")

    assert run(tmp_path, "tower", "--server", "7").exit_code
    assert archive.find("tower", ["guild:7"])
