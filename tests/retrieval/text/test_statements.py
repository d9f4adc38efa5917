"""Words are said to carry a statement only where they do; what turns it is seen."""

import pytest

from retrieval.text.statements.comparison import Relation, compare_statement


def relation(statement: str, text: str) -> Relation | None:
    match = compare_statement(statement, text)
    return match.relation if match else None


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("the pier is as old as the town", "The pier is as old as the town,"),
        ("the pier was closed", "I think the pier is closed."),
        ("he will resign in autumn", "I will resign in autumn and sleep."),
        ("the harbour would close on Friday morning", "The harbor will close on Friday morning, because it must."),
        ("five of the 11 piers have no lamps", "Five of the eleven piers have no lamps, and the sixth has one."),
        ("it cost 2.5 million pounds", "It cost 2.5m pounds."),
        ("the pier isn't closed", "The pier is not closed."),
        ("the ferry sailed", "Now the ferry sails."),
        (
            "the crew wasnt there when we needed them",
            "THE CREW WASN'T THERE WHEN WE NEEDED THEM, AND THEY WON'T BE THERE IF WE NEED THEM AGAIN.",
        ),
    ],
)
def test_the_same_words_carry_a_statement(statement: str, text: str) -> None:
    assert relation(statement, text) is Relation.SAME


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("the pier is closed", "The pier is not closed yet."),
        ("the pier is not safe", "The pier is as safe as a bank."),
        ("the pier is unsafe", "The pier is as safe as a bank."),
        ("people drowned because of the storm", "Nobody drowned because of this storm."),
        ("the ferry carries 300 people", "The ferry carries 212 people."),
        ("thousands of boats sank", "Hundreds of boats sank."),
        ("prices rose in spring", "Prices fell in spring."),
        ("the work is over", "They may think that theirs is over, but our work there is not over yet complete."),
    ],
)
def test_a_negation_an_antonym_and_another_number_are_the_opposite(statement: str, text: str) -> None:
    assert relation(statement, text) is Relation.OPPOSITE


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("the pier will close", "The pier may close."),
        ("the pier must close", "The pier can close."),
        ("the pier is closed", "Is the pier closed?"),
        ("the pier is closed", "If it rains, the pier is closed."),
        ("the pier is closed", "The pier is closed if it rains."),
        ("the pier is closed", "The pier is closed, they say."),
        ("the pier is closed", "I don't think the pier is closed."),
        ("the pier is closed", "They lied: they told us, “the pier is closed”."),
    ],
)
def test_another_modality_a_condition_and_others_words_do_not_carry_it(statement: str, text: str) -> None:
    assert relation(statement, text) in {Relation.OTHER, None}


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("keepers are liars", "The mayor's keepers are liars."),
        ("the mayor is a liar", "The mayor's keeper is a liar."),
        ("the tide is strong", "The tide is stronger."),
        ("we lied to them", "They lied to us."),
        ("people drowned", "People drowned before it."),
        ("the ferry is winning", "Nobody but the ferry is winning."),
        ("the pier", "The pier is closed."),
    ],
)
def test_words_that_merely_meet_tell_nothing(statement: str, text: str) -> None:
    assert relation(statement, text) is not Relation.SAME
