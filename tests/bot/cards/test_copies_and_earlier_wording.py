from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.cards.citation import cited
from bot.cards.correction import note
from bot.cards.limits import length
from bot.client import OnTheRecord
from bot.locales import speaking
from retrieval.answering.quotation_status import QuotationFate, QuotationStatus
from retrieval.domain import Answer, EarlierWording, Kind
from tests.bot.harness import world_with
from tests.bot.made_up import ARTICLE, FakeAnswerer, FakeLookup, citation

SHORE = replace(ARTICLE, id="shore", publisher="The Shore")
WAS = EarlierWording("We will never close the harbour,", Kind.DIRECT, "Ada Marlowe", date(2024, 3, 5))
TOLD = replace(citation(1), also_in=(SHORE, replace(SHORE, id="bay")), earlier=(WAS,))


def test_a_citation_tells_where_else_it_stands_and_what_it_was() -> None:
    lines = cited(TOLD, 300).split("\n")
    assert "-# also in 2 others" in lines
    assert "-# was: “We will never close the harbour,”, until 5 March 2024" in lines
    assert "-# also in 1 other" in cited(replace(TOLD, also_in=(SHORE,)), 300).split("\n")
    assert "also in" not in cited(citation(1), 300)


def test_what_was_indirect_speech_gets_no_marks_and_is_called_so() -> None:
    reported = replace(WAS, text="that the harbour would stay open", kind=Kind.REPORTED)
    line = cited(replace(TOLD, earlier=(reported,)), 300).split("\n")[-1]
    assert line == "-# was: that the harbour would stay open (reported, not word for word), until 5 March 2024"


def test_words_that_were_somebody_elses_are_told_by_name() -> None:
    before = replace(WAS, text=TOLD.text, speaker="Tom Rook")
    assert (
        cited(replace(TOLD, earlier=(before,)), 300).split("\n")[-1] == "-# was: said by Tom Rook, until 5 March 2024"
    )


def test_much_that_was_before_stays_within_its_room() -> None:
    long = replace(WAS, text="no " * 4000, speaker="*" * 4000)
    assert length(cited(replace(TOLD, earlier=(long,) * 9), 320)) <= 320 + 1900


@pytest.mark.parametrize("fate", [fate for fate in QuotationFate if fate is not QuotationFate.STANDS])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_fate_is_told_in_every_language(fate: QuotationFate, language: str) -> None:
    standing = QuotationStatus(fate, date(2024, 3, 5), "*No* comment,", Kind.REPORTED, "Ada Marlowe")
    with speaking(language):
        told = note(standing)
    assert "2024" in told
    assert "{" not in told
    assert "“" not in told
    with speaking(language):
        assert "2024" in note(replace(standing, speaker=None))


def test_words_that_stand_have_no_note() -> None:
    assert note(QuotationStatus(QuotationFate.STANDS)) == ""


async def test_answers_and_timelines_show_both(make_bot: Callable[..., OnTheRecord]) -> None:
    answerer = FakeAnswerer(Answer("who said it?", 0.9, (TOLD,)))
    async with world_with(make_bot(answerer, lookup=FakeLookup([TOLD]))) as world:
        for shown in (
            await world.alice.slash("ask", question="who said it?"),
            await world.alice.slash("quotes", speaker="Ada Marlowe"),
        ):
            assert shown is not None
            assert "also in 2 others" in shown.text
            assert "until 5 March 2024" in shown.text
