"""What a name tells alone: its words, a gender, an acronym."""

import pytest

from retrieval.text.person_names.names import (
    first_name_gender,
    gender_by_ending,
    is_acronym_of,
    is_title,
    name_words,
    title_gender,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dr. José Álvarez’s", ("jose", "alvarez")),
        ("Prime Minister Ann Lee Jr", ("ann", "lee")),
        ("Mayor", ("mayor",)),
        ("Jean-Luc O’Neill MP", ("jean-luc", "o'neill")),
    ],
)
def test_a_name_has_its_words_without_titles_and_suffixes(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(("title", "gender"), [("Mrs.", "f"), ("Sir", "m"), ("Dr", None), ("harbour", None)])
def test_a_title_tells_a_gender_or_none(title: str, gender: str | None) -> None:
    assert title_gender(title) == gender
    assert is_title(title) == (title != "harbour")


def test_a_first_name_tells_a_gender_and_a_bare_surname_none() -> None:
    assert first_name_gender(("mary", "lee")) == "f"
    assert first_name_gender(("lee",)) is None
    assert gender_by_ending(("lee",)) is None


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("WHO", "World Health Organization", True),
        ("DoJ", "Department of Justice", True),
        ("WHO", "World Food Programme", False),
        ("Who", "World Health Organization", False),
    ],
)
def test_an_acronym_spells_the_initials_of_a_name(short: str, name: str, fits: bool) -> None:
    assert is_acronym_of(short, name) is fits
