import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.blocks import timeline_button
from bot.cards.dialogue.timeline import article_card, timeline_card
from bot.cards.references import OPEN, OPEN_PATTERN, TURN, TURN_PATTERN, TimelinePage, parse_timeline_page
from bot.errors import Refused
from bot.services.inputs import stated
from retrieval.answering.citation_lookup import Timeline
from tests.bot.any_cards import WORDS, articles, citations, sent
from tests.bot.harness import world_with
from tests.bot.made_up import ARTICLE, FakeLookup, citation


async def test_quotes_shows_what_somebody_said_page_by_page(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("quotes", speaker="Marlowe")

        lines = shown.text.split("\n")
        assert lines[:2] == ["**Ada Marlowe**", "-# 1–5 of 12, the latest first"]
        assert lines[3] == "> “Not this year, and not the next.”"
        assert shown.buttons[-3:] == ["Next 5", "Chart", "Export"]
        await world.restart(make_bot())
        await world.alice.press(shown, "Next 5")
        assert "-# 6–10 of 12" in shown.text
        await world.alice.press(shown, "Next 2")
        assert "-# 11–12 of 12" in shown.text
        assert not [label for label in shown.buttons if label.startswith("Next")]
        await world.alice.press(shown, "Previous")
        await world.alice.press(shown, "Previous")
        assert "-# 1–5 of 12" in shown.text


async def test_somebody_elses_timeline_stays_and_a_private_copy_turns(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("quotes", speaker="Ada Marlowe")
        copy = await world.bob.press(shown, "Next 5")

        assert copy.private
        assert "-# 6–10 of 12" in copy.text
        assert "-# 1–5 of 12" in shown.text


async def test_topic_and_days_go_along_when_pages_turn(make_bot):
    lookup = FakeLookup()
    async with world_with(make_bot(lookup=lookup)) as world:
        shown = await world.alice.slash(
            "quotes", speaker="Marlowe", topic="the harbour", after="2023", before="2024-02"
        )
        assert shown.text.startswith("**Ada Marlowe** about the harbour since 1 January 2023 until 29 February 2024\n")
        await world.alice.press(shown, "Next 5")

        assert lookup.asked[0] == lookup.asked[1]
        assert lookup.asked[0][:2] == ("Marlowe", "the harbour")
        assert (lookup.asked[0][2].after, lookup.asked[0][2].before) == (date(2023, 1, 1), date(2024, 2, 29))


async def test_a_speaker_whom_nobody_quotes_is_told_so(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("quotes", speaker="Nobody")

        assert shown.text == "The archive has no words from **Nobody**."


async def test_a_name_that_is_misspelled_offers_the_nearest(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("quotes", speaker="Ada Marlow-Smith")

        assert shown.text.endswith("Did you mean one of these?")
        meant = await world.alice.press(shown, "Ada Marlowe")
        assert meant.text.startswith("**Ada Marlowe**\n-# 1–5 of 12")


async def test_an_article_is_found_by_a_part_of_its_title(make_bot):
    async with world_with(make_bot()) as world:
        assert (await world.alice.slash("article", title="stays open")).text.startswith("[Harbour stays open")
        assert (await world.alice.slash("article", title="Harbor stays opn")).text.startswith("[Harbour stays open")


async def test_a_day_that_is_none_is_told_how_to_write_one(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("quotes", speaker="Marlowe", after="someday")

        assert shown.text == "Write a day like 2024-03-05, May 2023, 2024, yesterday or last week."


async def test_an_answer_leads_to_the_whole_timeline_of_its_speaker(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        shown = await world.bob.press(answer, "All by Marlowe")

        assert shown.private
        assert shown.text.startswith("**Ada Marlowe**\n-# 1–5 of 12")


async def test_speakers_and_titles_are_suggested(make_bot):
    async with world_with(make_bot()) as world:
        assert await world.alice.type("quotes", "speaker", "mar") == ["Marlon Reef", "Ada Marlowe"]
        assert await world.alice.type("quotes", "speaker", "") == ["Marlon Reef", "Ada Marlowe", "Tom Rook"]
        assert await world.alice.type("article", "title", "MINISTER s") == [ARTICLE.title]


async def test_another_servers_speakers_and_titles_are_not_suggested(make_bot):
    async with world_with(make_bot(lookup=FakeLookup(owner="guild:1"))) as world:
        assert await world.alice.type("quotes", "speaker", "mar") == []
        assert await world.alice.type("article", "title", "harbour") == []
        shown = await world.alice.slash("article", title=ARTICLE.title)
        assert shown.text == "There is no article with that title."


async def test_article_shows_its_quotations(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("article", title=ARTICLE.title)

        assert shown.text.startswith("[Harbour stays open, minister says]")
        assert "-# 5 quotations\n**Ada Marlowe**, harbour minister\n> “We will not close the harbour,”" in shown.text


async def test_an_article_with_many_quotations_has_pages(make_bot):
    lookup = FakeLookup()
    lookup.quotations *= 2
    async with world_with(make_bot(lookup=lookup)) as world:
        shown = await world.alice.slash("article", title=ARTICLE.title)
        assert shown.buttons[-1] == "Next 5"
        await world.restart(make_bot(lookup=lookup))
        await world.alice.press(shown, "Next 5")

        assert shown.buttons[-1] == "Previous"


@pytest.mark.parametrize(
    ("text", "last", "day"),
    [
        ("2024-03-05", False, date(2024, 3, 5)),
        ("2024-3", False, date(2024, 3, 1)),
        ("2023-02", True, date(2023, 2, 28)),
        ("2024", True, date(2024, 12, 31)),
        (None, False, None),
    ],
)
def test_days_are_read(text, last, day):
    assert stated(text, last=last) == day


@pytest.mark.parametrize(
    ("text", "last", "day"),
    [
        ("May 2023", False, date(2023, 5, 1)),
        ("May 2023", True, date(2023, 5, 31)),
        ("yesterday", True, date(2026, 3, 10)),
    ],
)
def test_days_are_read_as_people_say_them(text, last, day):
    assert stated(text, last=last, today=lambda: date(2026, 3, 10)) == day


@pytest.mark.parametrize("text", ["soon", "2024-13", "2024-02-30", "0000", "9999999", "2024-"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refused):
        stated(text)


@given(st.builds(TimelinePage, WORDS, WORDS, st.none() | st.dates(), st.none() | st.dates(), st.integers(0, 9998)))
def test_a_button_holds_its_line_or_there_is_none(line):
    for action, pattern in ((TURN, TURN_PATTERN), (OPEN, OPEN_PATTERN)):
        button = timeline_button(action, "l", line)
        assert button is None or parse_timeline_page(re.fullmatch(pattern, button.identifier)) == line
    assert timeline_button(OPEN, "l", replace(line, speaker="Ada Marlowe", topic="")) is not None


@settings(deadline=None, max_examples=20)
@given(st.lists(citations(), max_size=5), WORDS, articles())
def test_any_timeline_and_article_is_within_limits(cited, name, article):
    sent(timeline_card(TimelinePage(name, name), Timeline(name, len(cited), cited)))
    sent(article_card(article, cited))


def test_what_is_repeated_on_a_page_has_one_button():
    sent(timeline_card(TimelinePage("Ada Marlowe"), Timeline("Ada Marlowe", 2, [citation(1), citation(1)])))
