"""The buttons that show a picture or give files."""

import pytest

from bot.pictures.charts import chart
from bot.pictures.quotation_card import quotation_picture
from retrieval.dialogue.intents import Intent, IntentKind, ListRequest
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer
from tests.bot.harness import world_with
from tests.bot.made_up import FakeLists, citation

LISTED = DialogueReply(
    ReplyKind.LIST,
    Answer("", 0.9, [citation(number) for number in (1, 2, 3, 4, 5)]),
    (ReplyText.of(ReplyCode.QUOTATIONS_LISTED, quotations=10),),
    intent=Intent(IntentKind.LIST, "quotes about the harbour", listing=ListRequest("the harbour")),
    total=10,
)
ASKED = {"quotes about the harbour": LISTED}


@pytest.fixture(scope="module", autouse=True)
def drawn_before():
    """The first picture imports what draws it, which takes longer than these tests wait."""
    assert quotation_picture(citation(1))
    assert chart([citation(1), citation(4)], "the harbour")


async def test_a_list_is_turned_page_by_page_after_a_restart_too(make_bot):
    async with world_with(make_bot(replies=ASKED)) as world:
        shown = await world.alice.slash("ask", question="quotes about the harbour")
        assert "**Quotations found: 10**\n-# the harbour · 1–5 of 10" in shown.text
        await world.restart(make_bot())
        await world.alice.press(shown, "Next 5")
        assert "-# the harbour · 6–10 of 10" in shown.text
        await world.alice.press(shown, "Previous")
        assert "-# the harbour · 1–5 of 10" in shown.text


async def test_a_list_has_a_chart_and_files(make_bot):
    async with world_with(make_bot(replies=ASKED), checked=False) as world:
        shown = await world.alice.slash("ask", question="quotes about the harbour")
        chart = await world.alice.press(shown, "Chart")
        assert chart.private
        assert [each.filename for each in chart.raw.attachments] == ["chart.png"]
        taken = await world.alice.press(shown, "Export")
        assert [each.filename for each in taken.raw.attachments] == [
            "quotations.csv",
            "quotations.bib",
            "quotations.json",
        ]


async def test_a_quotation_can_be_shared_as_a_picture(make_bot):
    async with world_with(make_bot(), checked=False) as world:
        shown = await world.alice.slash("ask", question="who said it?")
        picture = await world.bob.press(shown, "As a picture")
        assert [each.filename for each in picture.raw.attachments] == ["quotation.png"]


async def test_what_stands_behind_a_private_answer_stays_private(make_bot):
    async with world_with(make_bot(), checked=False) as world:
        shown = await world.alice.slash("ask", question="who said it?", private=True)
        for label in ("As a picture", "Context"):
            assert (await world.alice.press(shown, label)).private


async def test_what_can_not_be_drawn_is_told(make_bot):
    bot = make_bot(replies=ASKED, lists=FakeLists(citation(1)))
    async with world_with(bot) as world:
        shown = await world.alice.slash("ask", question="quotes about the harbour")
        told = await world.alice.press(shown, "Chart")
        assert told.text == "There is too little here to draw a chart of."
