"""Forms and spellings of one word are told from other words."""

import pytest

from retrieval.text.statements.inflection import same_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("boats", "boat"),
        ("cities", "city"),
        ("denied", "deny"),
        ("stopped", "stop"),
        ("closing", "close"),
        ("organised", "organize"),
        ("centre", "center"),
        ("theatres", "theater"),
        ("programme", "program"),
        ("labour", "labor"),
        ("travelled", "traveled"),
        ("told", "tell"),
    ],
)
def test_forms_and_spellings_are_one_word(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("stronger", "strong"), ("boat", "boot"), ("police", "policy")])
def test_other_words_are_not(one: str, other: str) -> None:
    assert not same_word(one, other)
