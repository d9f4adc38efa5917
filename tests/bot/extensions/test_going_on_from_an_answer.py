from retrieval.domain import Answer
from tests.bot.harness import world_with
from tests.bot.made_up import HARBOUR, FakeAnswerer, FakeStore, sentence


async def test_a_follow_up_question_is_read_in_the_light_of_the_answer_below_which_it_was_asked(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        answer = await world.alice.slash("ask", question="who said the harbour stays open?")
        follow_up = await world.bob.fill_in(answer, "Ask further", "what did she say about the fish?")

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about the fish?"
        assert not follow_up.private
        assert "-# what did she say about the fish?" in follow_up.text


async def test_what_else_brings_the_next_words_of_the_same_article(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said the harbour stays open?")
        follow_up = await world.alice.fill_in(answer, "Ask further", "what else did she say?")

        assert "> “Not this year, and not the next.”" in follow_up.text


async def test_the_button_and_its_form_outlive_a_restart(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(make_bot())
        form = await world.alice.open_form(answer, "Ask further")
        await world.restart(make_bot(answerer))
        await world.alice.send_form(form, "what did she say about the fish?")

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about the fish?"


async def test_a_follow_up_to_a_private_answer_is_private(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?", private=True)
        follow_up = await world.alice.fill_in(answer, "Ask further", "what did she say about the fish?")

        assert follow_up.private


async def test_after_a_follow_up_one_can_go_on_by_writing(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.bob.fill_in(answer, "Ask further", "what did she say about the fish?")
        await world.bob.say(f"{world.mention} and on oil prices?")

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about oil prices?"


async def test_a_sentence_without_speaker_is_followed_up_too(make_bot):
    answerer = FakeAnswerer(Answer("how long?", 0.9, (sentence(),)))
    async with world_with(make_bot(answerer)) as world:
        answer = await world.alice.slash("ask", question="how long?")
        await world.alice.fill_in(answer, "Ask further", "and on oil prices?")

        assert answerer.asked[-1][0] == "how long, oil prices?"


async def test_what_has_gone_can_not_be_followed_up(make_bot):
    answerer = FakeAnswerer(HARBOUR)
    async with world_with(make_bot(answerer)) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(make_bot(answerer, FakeStore(units=())))
        told = await world.alice.fill_in(answer, "Ask further", "what else?")

        assert "no longer in the archive" in told.text


async def test_a_question_without_words_is_told_how_to_ask(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        told = await world.alice.fill_in(answer, "Ask further", "?!")

        assert told.text.startswith("Ask me a question")
