import json
import re
from datetime import UTC, datetime

from bot.services.feedback import Feedback, FeedbackStore
from tests.bot.harness import world_with
from tests.bot.made_up import DECLINED, FakeAnswerer


async def test_who_says_that_an_answer_is_right_is_thanked_and_it_is_kept(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        thanks = await world.bob.press(answer, "Right")

        assert thanks.private
        assert thanks.text.startswith("Thank you.")
        assert [(kept["right"], kept["reason"]) for kept in await bot.services.feedback.of(world.bob.actor.id)] == [
            (True, None)
        ]


async def test_what_is_wrong_can_be_said_in_words_after_a_restart_too(make_bot):
    bot = make_bot()
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(bot)
        await world.bob.fill_in(answer, "Wrong", " it was Rook ")
        await world.bob.fill_in(answer, "Wrong", "it was Tom Rook")
        (kept,) = bot.services.feedback._store.all()

        assert kept["reason"] == "it was Tom Rook"
        assert not kept["right"]
        assert "person" not in kept


async def test_there_is_nothing_to_judge_where_nothing_is_cited(make_bot):
    async with world_with(make_bot(FakeAnswerer(DECLINED))) as world:
        assert "Right" not in (await world.alice.slash("ask", question="who won the cup?")).buttons


async def test_privacy_tells_what_is_kept_and_deletes_it(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.alice.press(answer, "Right")
        await world.bob.press(answer, "Right")
        shown = await world.alice.slash("privacy")
        assert shown.private
        assert "for 10 minutes and in memory alone, so that you can follow up: 1 now" in shown.text
        assert "until you delete it: 1 now" in shown.text
        done = await world.alice.press(shown, "Delete it")
        again = await world.alice.slash("privacy")

        assert done.text == "Done. Nothing is kept about you now."
        assert "follow up: 0 now" in again.text
        assert len(bot.services.feedback._store.all()) == 1


async def test_privacy_gives_a_copy(make_bot):
    async with world_with(make_bot()) as world:
        await world.alice.slash("ask", question="who said it?")
        shown = await world.alice.slash("privacy")
        result = await world.alice.actor.click(shown.raw, label="Give me a copy")

        (file,) = result.response.attachments
        assert file.filename == "kept-about-you.json"
        assert result.response.ephemeral


async def test_help_teaches_by_an_example_of_this_archive(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("help")

        assert "- who said ‘We will not close the harbour’?\n- did Ada Marlowe say ‘We will" in shown.text
        assert "-# The archive holds 1 articles with 5 quotations." in shown.text
        assert re.search(r"</who-said:\d+> whose words these are", shown.text)
        assert world.mention in shown.text


def test_judgements_outlive_the_process(tmp_path):
    file, clock = tmp_path / "judgements.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)
    first = FeedbackStore(file, clock)
    first.add(Feedback(1, "q1.2.3.abcde", right=False, reason="no"))
    first.add(Feedback(1, "q1.2.3.abcde", right=True))
    first.close()
    second = FeedbackStore(file)
    kept = second.of(1)
    second.close()

    assert json.loads(json.dumps(kept)) == [
        {"person": 1, "about": "q1.2.3.abcde", "right": True, "reason": None, "given_at": "2026-03-01T00:00:00+00:00"}
    ]
