from tests.bot.harness import world_with


async def test_a_private_answer_can_be_shared_once(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?", private=True)
        assert answer.buttons[-1] == "Share here"
        await world.restart(make_bot())
        await world.alice.press(answer, "Share here")

        assert "Share here" not in answer.buttons
        assert world.last.text == f"{answer.text}\n-# Shared by alice"
        assert world.last.buttons == answer.buttons
        assert not world.last.private


async def test_who_shares_too_often_is_told_when_to_come_back_and_may_share_then(make_bot):
    moments = [1000.0]
    async with world_with(make_bot(person=1, clock=lambda: moments[0], wall_clock=lambda: moments[0])) as world:
        answer = await world.alice.slash("ask", question="who said it?", private=True)
        told = await world.alice.press(answer, "Share here")

        assert told.text == "You have asked a lot in a short time. Please come back <t:1060:R>."
        assert told.private
        assert "Share here" in answer.buttons
        moments[0] += 60
        await world.alice.press(answer, "Share here")
        assert world.last.text.endswith("Shared by alice")


async def test_what_was_shared_has_working_buttons(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?", private=True)
        await world.alice.press(answer, "Share here")
        around = await world.bob.press(world.last, "Context")

        assert "**We will not close the harbour,**" in around.text


async def test_public_answers_and_failures_have_nothing_to_share(make_bot):
    async with world_with(make_bot()) as world:
        assert "Share here" not in (await world.alice.slash("ask", question="who said it?")).buttons
        assert (await world.alice.slash("ask", question="?!", private=True)).buttons == []
