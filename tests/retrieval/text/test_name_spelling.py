"""Which spellings of a word are one, and which are another word."""

import pytest

from retrieval.text.person_names.spelling import near_word, plain, same_long_word, same_word


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ødegård", "odegard"),
        ("Wiśniewski", "wisniewski"),
        ("Łukasz", "lukasz"),
        ("Đurić", "duric"),
        ("Weiß", "weiss"),
        ("Kılıçlı", "kilicli"),
        ("O’Dwyer", "odwyer"),
        ("O'Dwyer", "odwyer"),
        ("O`Dwyer", "odwyer"),
    ],
)
def test_letters_with_marks_and_apostrophes_become_plain_ones(written: str, expected: str) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(("one", "other"), [("mueller", "muller"), ("soeren", "soren"), ("djordje", "dorde")])
def test_a_second_letter_in_place_of_a_mark_makes_no_other_word(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("horodetsky", "horodetskyi"), ("mikhailov", "mikailov"), ("elliott", "elliot")]
)
def test_long_words_a_letter_of_one_sound_apart_are_one(one: str, other: str) -> None:
    assert same_long_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("davis", "davies"), ("reed", "read"), ("gonzales", "gonzalez")])
def test_short_words_and_other_last_letters_stay_two(one: str, other: str) -> None:
    assert not same_long_word(one, other)


def test_a_mistyped_word_is_near_and_a_short_one_is_near_nothing() -> None:
    assert near_word("etherige", "etheridge")
    assert not near_word("lee", "les")
    assert not near_word("brook", "crook")
