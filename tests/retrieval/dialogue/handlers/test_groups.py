"""Groups: who is an economist, an expert, of the police or a senator, by role and name."""

import pytest

from retrieval.dialogue.handlers.groups import (
    describes_group,
    singular,
    speaker_group,
    tells_nothing,
    tells_several,
)

DESCRIBED = (
    "Sen. Ada Brook",
    "economist at Vale University Mina Okafor",
    "analyst Tom Reed",
    " Callan Police",
    "Detective Inspector Joan Lake",
    "associate medical director Eve Stone",
    "mayor of Callan Finn Hill",
    " Constance Copper",
)


@pytest.mark.parametrize(
    ("asked", "members"),
    [
        ("economists", ["economist at Vale University Mina Okafor"]),
        ("experts", ["economist at Vale University Mina Okafor", "analyst Tom Reed"]),
        ("the police", [" Callan Police", "Detective Inspector Joan Lake"]),
        ("senators", ["Sen. Ada Brook"]),
        ("doctors in london", ["associate medical director Eve Stone"]),
        ("politicians", ["Sen. Ada Brook", "mayor of Callan Finn Hill"]),
        ("nurses", []),
    ],
)
def test_members_are_told_by_the_words_of_role_or_name(asked, members):
    assert list(speaker_group(asked).members(DESCRIBED)) == members


def test_people_of_a_place_may_have_any_role():
    group = speaker_group("people in gaza")
    assert (group.role_words, group.description) == ((), "people in gaza")


def test_what_is_of_several_is_told_by_its_ending_or_the_lexicon():
    assert tells_several("police")
    assert tells_several("economists")
    assert not tells_several("the economist")


def test_people_alone_tells_nothing():
    assert tells_nothing("people")
    assert tells_nothing("anyone")
    assert not tells_nothing("people in gaza")
    assert not tells_nothing("economists")


def test_a_name_is_no_group():
    assert describes_group("economists")
    assert describes_group("local residents")
    assert not describes_group("zoe quill")
    assert not describes_group("Farmer")


@pytest.mark.parametrize(
    ("plural", "one"), [("secretaries", "secretary"), ("coaches", "coach"), ("fans", "fan"), ("police", "police")]
)
def test_plurals_are_put_in_the_singular(plural, one):
    assert singular(plural) == one
