"""The quotations of a message are found with the speakers whom it names; talk is told from statements."""

import pytest

from retrieval.answering.verification.messages import is_statement, quotations_in


@pytest.mark.parametrize(
    ("message", "speakers"),
    [
        ("Brook said 'the ferry will not sail again'", ["Brook"]),
        ('brook said "the ferry will not sail"', ["brook"]),
        ('"The ferry," said Ada Brook, "will not sail."', ["Ada Brook", None]),
        ("“It will not sail.” – Ada Brook", ["Ada Brook"]),
        ('Ada Brook: "It will not sail."', ["Ada Brook"]),
        ("“It will not sail,” Brook told the council, “not today.”", ["Brook", None]),
        ("She said “it will not sail”", [None]),
        ("look at “it will not sail”", [None]),
    ],
)
def test_the_speaker_beside_a_quotation_is_read(message: str, speakers: list[str | None]) -> None:
    assert [quoted.speaker for quoted in quotations_in(message)] == speakers


@pytest.mark.parametrize("message", ["the ferry is laid up", "nobody asked me about engines"])
def test_a_statement_is_one_without_quotation_marks(message: str) -> None:
    assert is_statement(message)


@pytest.mark.parametrize("message", ["hello bot, how are you?", "lol", "thanks all", "where does the ferry sail", "?!"])
def test_greetings_and_questions_are_no_statements(message: str) -> None:
    assert not is_statement(message)
