"""A change of words that changes the meaning is told from one that doesn't."""

import pytest

from retrieval.text.polarity import changes_meaning, contains_negation


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ("we will pay", "we will not pay"),
        ("twelve boats sailed", "two boats sailed"),
        ("1,200 boats sailed", "1,300 boats sailed"),
        ("it may close", "it will close"),
        ("all boats sailed", "some boats sailed"),
        ("prices rose again", "prices fell again"),
        ("they won the vote", "they lost the vote"),
        ("it is legal", "it is illegal"),
        ("that is possible", "that is impossible"),
        ("it was fair", "it was unfair"),
    ],
)
def test_another_meaning_is_seen_in_both_directions(given: str, real: str) -> None:
    assert changes_meaning(given.split(), real.split())
    assert changes_meaning(real.split(), given.split())


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ("the boats sailed", "the ships sailed"),
        ("1200 boats", "1,200 boats"),
        ("100 boats", "a hundred boats"),
        ("two hundred and fifty boats", "250 boats"),
        ("it might close", "it may close"),
        ("we never pay", "we dont pay"),
    ],
)
def test_another_wording_of_one_meaning_is_none(given: str, real: str) -> None:
    assert not changes_meaning(given.split(), real.split())


def test_contractions_are_negations() -> None:
    assert contains_negation(["it", "wont", "sail"])
    assert not contains_negation(["it", "will", "sail"])
