import pytest
from typer.testing import CliRunner

from cli.main import app
from retrieval.articles import OPERATOR, Filters
from retrieval.engines.local import LocalEngine
from tests.retrieval.made_up_archive import article, entry, open_archive, quotation, vector_of

WORDS = '"The tower may stay," said Ada Brook.'


@pytest.fixture
def archive(tmp_path):
    archive = open_archive(tmp_path)
    theirs = article("tower", WORDS, owner="guild:7")
    archive.put(entry(theirs, [quotation(WORDS, "The tower may stay,")]))
    yield archive
    archive.close()


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


def test_nothing_is_shared_that_the_server_did_not_add_or_that_would_replace_another(archive, tmp_path):
    assert run(tmp_path, "tower", "--server", "8").exit_code
    assert run(tmp_path, "pier", "--server", "7").exit_code
    archive.put(entry(article("tower", "Another tower.")))

    assert run(tmp_path, "tower", "--server", "7").exit_code
    assert archive.find("tower", ["guild:7"])
