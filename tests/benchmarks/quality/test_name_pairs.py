"""Pairs of names are made as their kinds say."""

import random
from collections import defaultdict

import pytest

from benchmarks.quality.name_pairs import one_person, two_people
from benchmarks.quality.name_pairs.known import is_full
from benchmarks.quality.name_pairs.product import compared, in_one_entry
from benchmarks.quality.name_pairs.values import Bearer, Known, Pair

FIRST = "Martin Sonia Harald Teresa Jacob Wilma Oscar Edith Bruno Greta".split()
LAST = "Lindqvist O’Dwyerty Hallorann Wixby Saint-Amandois Horodecky Marchetti Renz Ostrovsky Brandt".split()


@pytest.fixture
def known():
    people = [Known(f"{a} {b}", (f"Dr. {a} {b}", b), Bearer.PERSON) for a, b in zip(FIRST, LAST, strict=True)]
    namesakes = [Known(f"Quentin {surname}", (), Bearer.PERSON) for surname in LAST[:3]]
    return [*people, *namesakes, Known("Marlow Water Board", (), Bearer.ORGANISATION)]


def by_kind(module, known):
    kinds = defaultdict(list)
    for pair in module.pairs(known, 5, random.Random(1)):
        kinds[pair.kind].append(pair)
    return kinds


def test_spellings_of_one_name_differ_and_are_marked_as_one(known):
    kinds = by_kind(one_person, known)
    assert set(kinds) >= {"apostrophe", "hyphen", "letter with a stroke", "title", "first initial", "all capitals"}
    for pairs in kinds.values():
        assert all(pair.same and pair.first != pair.second for pair in pairs)


def test_one_edit_is_made_in_long_surnames_alone(known):
    for pair in by_kind(one_person, known)["one edit in a long surname"]:
        old, new = pair.first.split()[-1], pair.second.split()[-1]
        assert len(old) >= one_person.LONG
        assert 0 <= len(old) - len(new) <= 1
        assert sum(a != b for a, b in zip(old, new, strict=False)) == 1 or len(new) < len(old)


def test_a_surname_alone_is_marked_as_a_part(known):
    kinds = by_kind(one_person, known)
    assert all(pair.part for pair in kinds["alias: surname alone"] + kinds["title and surname"])
    assert not any(pair.part for pair in kinds["alias: more words"])


def test_names_of_two_people_are_marked_as_two(known):
    kinds = by_kind(two_people, known)
    assert set(kinds) >= {"one surname, two first names", "near first names", "father and son", "a person and a body"}
    assert not any(pair.same for pairs in kinds.values() for pair in pairs)
    assert {pair.bearers for pair in kinds["a person and a body"]} == {(Bearer.PERSON, Bearer.ORGANISATION)}


def test_short_forms_of_a_first_name_are_not_taken_for_two_people():
    family = [Known(name, (), Bearer.PERSON) for name in ("Liz Renz", "Elizabeth Renz", "Otto Renz")]
    pairs = by_kind(two_people, family)["one surname, two first names"]
    assert {frozenset((pair.first, pair.second)) for pair in pairs} == {
        frozenset(("Liz Renz", "Otto Renz")),
        frozenset(("Elizabeth Renz", "Otto Renz")),
    }


@pytest.mark.parametrize(
    ("name", "full"),
    [("Anna Renz", True), ("J.P. Marchetti", True), ("President Renz", False), ("Renz", False), ("the mayor", False)],
)
def test_names_with_a_title_or_of_one_word_are_left_out(name, full):
    assert is_full(Known(name, (), Bearer.PERSON)) is full


def test_the_product_is_asked_by_its_comparison_and_by_its_ledger():
    same, other = Pair("title", "Anna Renz", "Dr. Anna Renz", True), Pair("two", "Anna Renz", "Otto Brand", False)
    assert [(compared(pair), in_one_entry(pair)) for pair in (same, other)] == [(True, True), (False, False)]
