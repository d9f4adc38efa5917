from datetime import date

import pytest

from retrieval.answering.questions.understanding import understand
from retrieval.ranking.answer_type import holds_answer_type


@pytest.mark.parametrize(
    ("asked", "text", "held"),
    [
        ("how many boats sank?", "Four boats sank off Port Callan.", True),
        ("how many boats sank?", "The boats that sank in 1998 were old.", False),
        ("how many of the 12 boats sank?", "All of the 12 boats were insured.", False),
        ("how much did the harbour pay for the crane?", "The crane cost £40,000.", True),
        ("how much did the harbour pay for the crane?", "The crane has 3 arms.", False),
        ("what percentage of the catch was thrown back?", "They threw 18% of it back.", True),
        ("what percentage of the catch was thrown back?", "They threw 300 fish back.", False),
        ("when did the ferry sail?", "It sailed on Tuesday.", True),
        ("when did the ferry sail on Tuesday?", "It sailed on Tuesday.", False),
        ("what is the name of the ada brook's ferry?", "The ferry of Ada Brook is old.", False),
        ("what is the name of the ada brook's ferry?", "Her ferry, the Selkie, is old.", True),
        ("which pub did the crew meet in?", "They met in the Blue Anchor.", True),
        ("what colour is the ferry?", "It is red.", True),
    ],
)
def test_what_is_asked_for_must_stand_there_and_not_in_the_question(asked: str, text: str, held: bool) -> None:
    assert holds_answer_type(understand(asked, date(2026, 3, 20)), text) is held
