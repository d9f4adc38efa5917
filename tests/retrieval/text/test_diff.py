import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Span
from retrieval.text.diff import TracedSpan, differences, span_tracer

OLD = (
    "The talks went on.\n\n“We will not close the harbour this year,” said Brook.\n\n"
    "“Nobody asked the town,” said Lind.\n\nThe mayor left early."
)

texts = st.text("ab \n.“”é\u00a0", max_size=60)


def followed(words: str, new: str, old: str = OLD) -> tuple[str | None, bool]:
    start = old.index(words)
    found = span_tracer(old, new)(Span(start, start + len(words)))
    return found.span and found.span.of(new), found.same


@given(texts, texts)
def test_each_text_can_be_made_of_the_other(old: str, new: str) -> None:
    made, at = "", 0
    for change in differences(old, new):
        made += old[at : change.old.start] + change.new.of(new)
        assert change.old.of(old) != change.new.of(new)
        at = change.old.end
    assert made + old[at:] == new


@given(texts, texts, texts, texts)
def test_words_that_stand_still_are_found_wherever_the_rest_goes(
    before: str, after: str, first: str, last: str
) -> None:
    words = "Nobody asked the town."
    old, new = f"{before} {words} {after}", f"{first} {words} {last}"
    start = len(before) + 1
    found = span_tracer(old, new)(Span(start, start + len(words)))
    assert found.same
    assert found.span is not None
    assert found.span.of(new).split() == words.split()


def test_a_word_that_was_changed_is_one_difference() -> None:
    new = OLD.replace("this year", "this decade")
    assert [(c.old.of(OLD), c.new.of(new)) for c in differences(OLD, new)] == [("year", "decade")]


def test_words_that_moved_are_the_same_words() -> None:
    parts = OLD.split("\n\n")
    moved = "\n\n".join([parts[2], parts[0], "Something new.", parts[1], parts[3]])
    assert followed("Nobody asked the town,", moved) == ("Nobody asked the town,", True)
    assert followed("We will not close the harbour this year,", moved)[1]


def test_other_marks_and_white_space_change_no_words() -> None:
    old = "“It isn’t  over,” she said."
    assert followed("It isn’t  over,", '"It isn\'t over," she said.', old) == ("It isn't over,", True)


def test_changed_words_are_told_with_what_stands_in_their_place() -> None:
    words = "We will not close the harbour this year,"
    assert followed(words, OLD.replace("will not close", "may well close")) == (
        "We may well close the harbour this year",
        False,
    )
    assert followed(words, OLD.replace("not ", "")) == ("We will close the harbour this year", False)


def test_words_that_moved_and_changed_are_found() -> None:
    new = "“Nobody asked our town,” said Lind.\n\n" + OLD.replace("“Nobody asked the town,” said Lind.\n\n", "")
    found, same = followed("Nobody asked the town,", new)
    assert (found, same) == ("Nobody asked our town", False)


@pytest.mark.parametrize("new", ["", "The mayor stayed.", OLD.replace("“Nobody asked the town,” said Lind.\n\n", "")])
def test_words_that_were_taken_out_stand_nowhere(new: str) -> None:
    assert followed("Nobody asked the town,", new) == (None, False)


def test_few_words_are_not_found_elsewhere_by_chance() -> None:
    old = "“Never,” said Brook.\n\nLind spoke too."
    new = "Lind spoke too. He had never been there."
    assert followed("Never,", new, old) == (None, False)


def test_another_text_altogether_is_no_trap() -> None:
    started = time.process_time()
    old, new = "a " * 200_000, "b " * 200_000
    assert differences(old, new) == differences(old, new)
    assert span_tracer(old, new)(Span(0, 9)) == TracedSpan(None, same=False)
    assert time.process_time() - started < 10
