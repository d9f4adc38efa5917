"""Given words are found where they cost least, and edits turn one wording into the other."""

from hypothesis import given as for_any
from hypothesis import strategies as st

from retrieval.text.alignment import Edit, edits, nearest_window

sequences = st.lists(st.sampled_from("the pier is closed in winter".split()), max_size=12)


def test_words_are_found_although_one_is_left_out_and_one_replaced() -> None:
    real = "he said that the old pier is closed in winter and spring".split()
    found = nearest_window("the pier was closed in winter".split(), real)
    assert real[found] == "the old pier is closed in winter".split()


def test_words_that_stand_nowhere_have_an_empty_window() -> None:
    real = "the pier is closed".split()
    assert real[nearest_window(["boat", "sails"], real)] == []


def test_adjacent_changes_are_one_edit() -> None:
    found = edits("the pier opens now".split(), "the bridge closed now".split())
    assert found == (Edit("replace", slice(1, 3), slice(1, 3)),)


@for_any(sequences, sequences)
def test_edits_turn_one_sequence_into_the_other(given: list[str], real: list[str]) -> None:
    made = list(given)
    for edit in reversed(edits(given, real)):
        made[edit.given] = real[edit.real]
    assert made == real
