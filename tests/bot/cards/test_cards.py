"""What stands on a card for known answers; `test_any_card.py` holds what is true of any."""

from dataclasses import replace
from datetime import date

import pytest

from bot.cards.answer import answer_card, doubt_card
from bot.cards.citation import link
from bot.cards.components import Tone
from bot.cards.escaping import CUT, escape, unescape
from bot.cards.references import parse_all, reference_to
from retrieval.domain import Answer, Certainty, Speaker, SpeakerKind, Verdict
from tests.bot.made_up import ARTICLE, DECLINED, HARBOUR, NOBODY, PERHAPS_ROOK, QUOTATIONS, citation, sentence


def test_certainty_is_shown():
    assert "**Ada Marlowe**, harbour minister" in answer_card(Answer("q", 1, [citation(1)])).blocks[0].text
    doubtful = answer_card(Answer("q", 1, [citation(4)])).blocks[0].text
    assert doubtful.startswith("probably **Tom Rook**\n> ")
    assert answer_card(Answer("q", 1, [citation(5)])).blocks[0].text.startswith("*speaker unclear*\n> ")


def test_the_reason_of_a_doubt_is_told_behind_a_button():
    labels = [button.label for button in answer_card(Answer("q", 1, [citation(4)])).blocks[0].buttons]
    assert "Why unsure?" in labels
    assert "Why unsure?" not in [button.label for button in answer_card(HARBOUR).blocks[0].buttons]
    assert str(PERHAPS_ROOK.reason) in doubt_card(citation(4)).blocks[0].text
    assert str(NOBODY.reason) in doubt_card(citation(5)).blocks[0].text


def test_results_far_below_the_first_stand_behind_a_button():
    far = replace(citation(2), score=citation(1).score - 3)
    card = answer_card(Answer("q", 1, [citation(1), far, replace(citation(3), score=far.score)]))
    assert len(card.blocks) == 1
    (others,) = (button for button in card.buttons if button.action == "others")
    assert parse_all(others.about) == [reference_to(far), reference_to(citation(3))]


def test_what_is_only_similar_is_never_green():
    assert answer_card(HARBOUR).tone is Tone.NEUTRAL
    assert answer_card(replace(HARBOUR, verdict=Verdict.SUPPORTED)).tone is Tone.CERTAIN
    for verdict in (Verdict.RELATED, Verdict.CONTRADICTED, Verdict.MISATTRIBUTED):
        assert answer_card(replace(HARBOUR, verdict=verdict)).tone is not Tone.CERTAIN


def test_a_decline_shows_two_near_misses_at_most_and_none_that_is_far():
    miss = DECLINED.near_misses[0]
    others = [replace(miss, citation=citation(number)) for number in (1, 2, 4)]
    assert len(answer_card(replace(DECLINED, near_misses=(miss, *others))).blocks) == 3
    lines = answer_card(replace(DECLINED, confidence=0.01)).blocks
    assert [block.text for block in lines] == ["**The archive doesn't say.**"]
    further = replace(miss, citation=replace(citation(1), score=miss.citation.score - 2))
    assert len(answer_card(replace(DECLINED, near_misses=(miss, further))).blocks) == 2


def test_a_speaker_who_has_no_name_is_shown_by_role():
    speaker = Speaker(None, "a harbour worker", SpeakerKind.UNNAMED, 0.9, Certainty.CERTAIN)
    assert "a harbour worker\n> " in answer_card(Answer("q", 1, [replace(citation(1), speaker=speaker)])).blocks[0].text


def test_reported_speech_is_labelled():
    text = answer_card(Answer("q", 1, [citation(3)])).blocks[0].text
    assert text.startswith("**Ada Marlowe**, harbour minister\n> that the dredging would be paid for by the town\n")
    assert "-# reported, not word for word" in text


def test_what_is_not_known_is_left_out():
    bare = replace(ARTICLE, title="", publisher=None, published=None, url=None)
    text = answer_card(Answer("q", 1, [sentence(bare)])).blocks[0].text
    assert text == "> The harbour talks went on for a third day.\n-# from the article\n*Untitled article*"


def test_the_best_comes_first_and_repeated_words_once():
    card = answer_card(replace(HARBOUR, citations=(citation(2), citation(2), citation(1), citation(4), citation(5))))
    assert [block.text.split("\n")[1] for block in card.blocks] == [
        "> “Not this year, and not the next.”",
        "> “We will not close the harbour,”",
        "> “Somebody has to do it,”",
    ]


@pytest.mark.parametrize(
    ("verdict", "heading"),
    [(Verdict.SUPPORTED, "Yes"), (Verdict.MISATTRIBUTED, "Somebody else"), (Verdict.NOT_FOUND, "doesn't have")],
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
