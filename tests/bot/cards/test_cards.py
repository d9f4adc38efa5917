"""What stands on a card for known answers; `test_any_card.py` holds what is true of any."""

from dataclasses import replace
from datetime import date

import pytest

from bot.cards.answer import answer_card
from bot.cards.citation import link
from bot.cards.escaping import CUT, escape, unescape
from retrieval.domain import Answer, Certainty, Speaker, SpeakerKind, Verdict
from tests.bot.made_up import ARTICLE, HARBOUR, NOBODY, PERHAPS_ROOK, QUOTATIONS, citation, sentence


def test_certainty_is_shown():
    assert "**Ada Marlowe**, harbour minister" in answer_card(Answer("q", 1, [citation(1)])).blocks[0].text
    doubtful = answer_card(Answer("q", 1, [citation(4)])).blocks[0].text
    assert f"probably **Tom Rook** ({PERHAPS_ROOK.reason})" in doubtful
    assert f"*speaker unclear* ({NOBODY.reason})" in answer_card(Answer("q", 1, [citation(5)])).blocks[0].text


def test_a_speaker_who_has_no_name_is_shown_by_role():
    speaker = Speaker(None, "a harbour worker", SpeakerKind.UNNAMED, 0.9, Certainty.CERTAIN)
    assert "\na harbour worker\n" in answer_card(Answer("q", 1, [replace(citation(1), speaker=speaker)])).blocks[0].text


def test_reported_speech_is_labelled():
    text = answer_card(Answer("q", 1, [citation(3)])).blocks[0].text
    assert text.startswith("> that the dredging would be paid for by the town\n**Ada Marlowe**")
    assert "-# reported, not word for word" in text


def test_what_is_not_known_is_left_out():
    bare = replace(ARTICLE, title="", publisher=None, published=None, url=None)
    text = answer_card(Answer("q", 1, [sentence(bare)])).blocks[0].text
    assert text == "> The harbour talks went on for a third day.\n-# from the article\n*Untitled article*"


def test_the_best_comes_first_and_repeated_words_once():
    card = answer_card(replace(HARBOUR, citations=(citation(2), citation(2), citation(1), citation(4), citation(5))))
    assert [block.text.split("\n")[0] for block in card.blocks] == [
        "> “Not this year, and not the next.”",
        "> “We will not close the harbour,”",
        "> “Somebody has to do it,”",
    ]


@pytest.mark.parametrize(
    ("verdict", "heading"),
    [(Verdict.SUPPORTED, "Yes"), (Verdict.MISATTRIBUTED, "somebody else"), (Verdict.NOT_FOUND, "doesn't have")],
)
def test_a_question_whether_somebody_said_it_gets_a_verdict(verdict, heading):
    assert heading in answer_card(replace(HARBOUR, verdict=verdict)).blocks[0].text


def test_a_day_is_written_out_as_it_was_where_it_was_written():
    late = replace(ARTICLE, published="2024-12-31T23:30:00-11:00")
    assert "31 December 2024" in answer_card(Answer("q", 1, [citation(1, late)])).blocks[0].text
    assert "4 March 2024" in answer_card(Answer("q", 1, [citation(1)])).blocks[0].text
    assert QUOTATIONS[0].said_on == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/b c", "https://a.example/b%20c"),
        ("https://a.example/x)>[y](z)", "https://a.example/x%29%3E%5By%5D%28z%29"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("javascript:alert(1)", None),
        ("https://user:secret@a.example/", None),
        ("https://[::1", None),
        ("//a.example", None),
        ("https://a.example/" + "x" * 600, None),
        (None, None),
    ],
)
def test_only_addresses_that_can_not_break_out_are_linked(address, shown):
    assert link(address) == shown


def test_escaped_cuts_are_recognised():
    assert unescape(escape(CUT)) == CUT
