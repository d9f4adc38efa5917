"""Statements are changed into what nobody said, and true ones stay true."""

import json
import random

import pytest

from benchmarks.quality.false_yes import product
from benchmarks.quality.false_yes.changes import negated, other_modality, other_number
from benchmarks.quality.false_yes.false_statements import false_paraphrases, false_questions
from benchmarks.quality.false_yes.statements import Vocabulary, is_fit, statements
from benchmarks.quality.false_yes.true_statements import FILES, cut, is_plain_report, paraphrases, true_questions
from benchmarks.quality.false_yes.values import Said

CHANCE = random.Random(1)
SAID = [
    Said("The ferry will cost us 40 million kroner this year.", "Rosa Held", 1, False, ""),
    Said("The harbour wall must come down before the winter.", "Rosa Held", 1, False, ""),
    Said("The old mill could be open again by June, and we are glad.", "Ulf Brand", 1, False, ""),
    Said("The choir is not asking for three more rooms.", "Ulf Brand", 1, False, ""),
    Said("that the town would pay for the road in the spring", "Ulf Brand", 1, True, "Brand said | ."),
]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("the dam is safe for now", "the dam is not safe for now"),
        ("the dam is not safe for now", "the dam is safe for now"),
        ("the dam won’t hold", "the dam will hold"),
        ("nobody will ever know it", None),
        ("we know that it will hold", None),
    ],
)
def test_a_statement_is_negated_once(text, changed):
    assert negated(text, CHANCE) == changed


@pytest.mark.parametrize(
    "text", ["it cost 40 million kroner", "it rose by 2.5 points", "it began in 2004", "we had 98% of it"]
)
def test_another_number_of_the_same_form_is_put_in(text):
    changed = other_number(text, CHANCE)
    assert changed not in (None, text)
    assert len(changed.split()) == len(text.split())


def test_a_possibility_becomes_a_certainty():
    assert other_modality("the mill could be open by June", CHANCE) == "the mill will be open by June"
    assert other_modality("the mill is open", CHANCE) is None


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("the ferry will cost us 40 million kroner", True),
        ("it will cost us 40 million kroner", False),
        ("I will pay for all of the ferry", False),
        ("the ferry and the quay and the wall", False),
        ("will the ferry be open again by June?", False),
    ],
)
def test_statements_are_understood_alone(text, fit):
    assert is_fit(text) is fit


def test_the_first_word_keeps_its_capital_only_where_it_always_has_one():
    vocabulary = Vocabulary(["we saw the dam, and the Orlova dam was dry", "a Tuesday in Marlow was wet"])
    assert vocabulary.lowered("The dam is dry") == "the dam is dry"
    assert vocabulary.lowered("Orlova is dry") == "Orlova is dry"


def test_false_questions_of_every_kind_are_asked_and_none_of_them_was_said():
    vocabulary = Vocabulary([one.text for one in SAID])
    made = list(statements(SAID, vocabulary))
    asked = list(false_questions(made, SAID, 3, random.Random(1)))
    assert {one.kind for one in asked} == {"negated", "other number", "other modality", "other person", "other topic"}
    words = {one.speaker: " ".join(said.text.lower() for said in SAID if said.speaker == one.speaker) for one in asked}
    assert not any(one.true or one.statement.lower() in words[one.speaker] for one in asked)


def test_true_questions_hold_what_was_said_and_what_was_reported():
    vocabulary = Vocabulary([one.text for one in SAID])
    asked = list(true_questions(list(statements(SAID, vocabulary)), SAID, 3, vocabulary, random.Random(1)))
    assert all(one.true for one in asked)
    assert {one.kind for one in asked} >= {"verbatim", "reported"}
    assert [one.statement for one in asked if one.kind == "reported"] == [
        "the town would pay for the road in the spring"
    ]


def test_a_cut_ends_before_another_clause():
    assert cut("the old mill could still be saved by us, and we are glad") is None
    assert cut("the old mill is worth the trouble, and we are glad") == "the old mill is worth the trouble"


def test_reported_denials_are_not_taken_for_statements():
    assert not is_plain_report(Said("that the town would pay for the road", "Ulf Brand", 1, True, "Brand denied | ."))


def test_an_archive_without_articles_gives_no_quotations(tmp_path):
    assert list(product.quotations(tmp_path)) == []


def test_paraphrases_are_asked_as_they_are_and_negated(tmp_path):
    row = {"type": "who_said", "question": "who reckoned the quay is safe again?", "speaker": "Rosa Held", "quote": "…"}
    for file in FILES:
        (tmp_path / f"{file}.jsonl").write_text(json.dumps(row) if file == FILES[0] else "", "utf-8")
    right, wrong = (list(make(tmp_path, 5, random.Random(1))) for make in (paraphrases, false_paraphrases))
    assert [(one.question, one.true) for one in right] == [("did Rosa Held reckon the quay is safe again?", True)]
    assert [(one.question, one.true) for one in wrong] == [("did Rosa Held reckon the quay is not safe again?", False)]
