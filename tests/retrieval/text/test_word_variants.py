"""British and American spellings of one word."""

import pytest

from retrieval.text.stemming import stem
from retrieval.text.word_variants import spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("apologised", "apologized"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("colour", "color"),
        ("colours", "colors"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("favourites", "favorites"),
    ],
)
def test_both_spellings_are_one_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)
    assert set(spellings(one)) == set(spellings(other)) == {one, other}


@pytest.mark.parametrize("word", ["size", "rise", "boat", "four", "hour"])
def test_other_words_have_one_spelling(word: str) -> None:
    assert spellings(word) == (word,)
