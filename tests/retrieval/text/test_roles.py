"""Roles are compared by their words, and tell the field of a person."""

from retrieval.text.person_names.roles import field_of, role_words, same_role, title_of


def test_a_role_has_its_words_with_abbreviations_spelt_out() -> None:
    assert role_words("the former Sen. for Ohio") == {"senator", "ohio"}


def test_a_shortened_role_is_the_same_role() -> None:
    assert same_role(["Republican senator"], ["Sen."])
    assert not same_role(["mayor of Ohio"], ["senator"])


def test_the_title_of_a_name_stands_apart_from_its_words() -> None:
    assert title_of("Sen. Lindsey Graham") == "sen"


def test_roles_of_one_field_tell_it_and_of_two_none() -> None:
    assert field_of(["striker", "captain of the team"]) == "sport_role"
    assert field_of(["surgeon"]) == "science_role"
    assert field_of(["striker", "surgeon"]) is None
    assert field_of(["neighbour"]) is None
