"""What a message means that leaves out what the question before it had."""

from datetime import date

import pytest

from retrieval.answering.questions.understanding import understand
from retrieval.dialogue.recognition.known_names import ListedNames
from retrieval.dialogue.references.omissions import asks_why, completed, wants_another

TODAY = date(2026, 3, 20)
KNOWN = ListedNames(frozenset(), frozenset({"Ada Brook", "Tom Reed", "Sanovia"}))


def in_full(asked: str, before: str, speaker: str | None = None) -> str | None:
    found = completed(asked, understand(before, TODAY), speaker, KNOWN, TODAY)
    return found.query.text if found else None


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        ("and reed", "what did reed say about the dam?"),
        ("what about Sanovia", "what did Sanovia say about the dam?"),
        ("sorry i meant reed", "what did reed say about the dam?"),
        ("no, tom reed", "what did tom reed say about the dam?"),
        ("i meant the toll", "what did ada brook say about the toll?"),
        ("what did reed say to that", "what did reed say about the dam?"),
        ("and what did the energy minister say", "what did the energy minister say about the dam?"),
    ],
)
def test_what_is_left_out_is_taken_from_the_question_before(asked: str, full: str) -> None:
    assert in_full(asked, "what did ada brook say about the dam?") == full


def test_a_first_name_alone_keeps_the_surname() -> None:
    assert in_full("sorry i meant andy", "what did jamie murray say after his match?") == (
        "what did andy murray say after his match?"
    )


def test_him_is_the_one_whose_words_were_shown() -> None:
    assert in_full("what did reed say about him", "what did brook say about the dam?", "Adam Brook") == (
        "what did reed say about Adam Brook"
    )


@pytest.mark.parametrize("asked", ["who won the race in 2019", "what did reed say about the toll", "and the weather"])
def test_a_message_that_leaves_nothing_out_is_not_completed(asked: str) -> None:
    assert in_full(asked, "what did ada brook say about the dam?") is None


def test_another_one_and_why_are_told_apart_from_questions() -> None:
    assert all(map(wants_another, ("no, the other one", "not that guy", "the other quote", "i meant the other guy")))
    assert all(map(asks_why, ("why", "but why", "how come")))
    assert not wants_another("the other side of the dam")
    assert not asks_why("why did reed leave")
