"""Words meet in their stems, and stop words are left out."""

import pytest

from retrieval.text.stemming import content_words, located_stems, stem, stems, unstemmed_words


@pytest.mark.parametrize(
    ("one", "other"), [("warned", "warning"), ("cities", "city"), ("closure", "closures"), ("builders", "builder")]
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_years_are_not_stemmed() -> None:
    assert stem("1990s") == "1990s"


def test_possessives_and_apostrophes_are_taken_off() -> None:
    assert unstemmed_words("The mayor’s boats don't sail") == ["the", "mayor", "boats", "dont", "sail"]


def test_stop_words_are_left_out() -> None:
    text = "What did the mayor say about the boats?"
    assert content_words(text) == ["mayor", "boats"]
    assert stems(text) == {stem("mayor"), stem("boats")}


def test_stems_are_found_at_their_offsets() -> None:
    text = "The boats sailed, it’s said"
    assert [(text[at:].split(maxsplit=1)[0], found) for at, found in located_stems(text)] == [
        ("boats", stem("boats")),
        ("sailed,", stem("sailed")),
    ]
