import json

import pytest
from typer.testing import CliRunner

from bot.cards.references import reference_to
from bot.services.feedback import FILE, Feedback, FeedbackStore
from cli.main import app
from retrieval.answering.citations import cite
from tests.retrieval.made_up_archive import article, entry, open_archive, quotation

TEXT = '"The tower must go, and soon," said Ada Brook.'


@pytest.fixture
def data(tmp_path):
    archive = open_archive(tmp_path)
    found = quotation(TEXT, "The tower must go, and soon,")
    archive.put(entry(article("tower", TEXT), [found]))
    row = next(unit for unit in archive.units_of(1) if unit.quotation)
    about = reference_to(cite(article("tower", TEXT), found.span, 1.0, found, row.id))
    judgements = FeedbackStore(tmp_path / FILE)
    judgements.add(Feedback(1, str(about), right=False, reason="not [her]"))
    judgements.add(Feedback(2, "q99.1.s.00000", right=True))
    judgements.close()
    archive.close()
    return tmp_path


def test_feedback_shows_words_and_reasons_without_names(data):
    result = CliRunner().invoke(app, ["feedback", "--data", str(data)])

    assert result.exit_code == 0, result.output
    assert "wrong  The tower must go, and soon,  not [her]" in result.output
    assert "right  (words that are no longer in the archive)" in result.output


def test_feedback_for_programs_is_one_object_a_line(data):
    result = CliRunner().invoke(app, ["feedback", "--data", str(data), "--json"])
    first, second = map(json.loads, result.output.splitlines())

    assert first["words"] == "The tower must go, and soon,"
    assert second["words"] is None
    assert "person" not in first


def test_that_nobody_has_marked_an_answer_is_said(tmp_path):
    open_archive(tmp_path).close()
    result = CliRunner().invoke(app, ["feedback", "--data", str(tmp_path)])

    assert result.exit_code == 0
    assert "nobody has marked an answer yet" in result.stderr
    assert result.stdout == ""
