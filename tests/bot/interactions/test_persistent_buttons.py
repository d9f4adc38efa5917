from dataclasses import replace

from retrieval.domain import Answer
from tests.bot.harness import world_with
from tests.bot.made_up import ARTICLE, HARBOUR, FakeAnswerer, FakeStore, citation, sentence

GONE = "Those words are no longer in the archive"


async def test_surroundings_show_the_words_where_they_stand(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        shown = await world.alice.press(answer, "Context")

        assert shown.private
        assert 'third day.\n"**We will not close the harbour,**" said Ada Marlowe, the harbour minister.' in shown.text


async def test_a_sentence_has_surroundings_too(make_bot):
    answer = Answer("how long?", 0.9, (sentence(),))
    async with world_with(make_bot(FakeAnswerer(answer))) as world:
        card = await world.alice.slash("ask", question="how long?")
        assert card.text.startswith("-# how long?\n> The harbour talks went on for a third day.\n-# from the article\n")
        shown = await world.bob.press(card, "Context")

        assert '**The harbour talks went on for a third day.**\n"We will not' in shown.text


async def test_more_quotations_are_the_same_speakers_and_those_that_follow_come_first(make_bot):
    async with world_with(make_bot(FakeAnswerer(replace(HARBOUR, citations=(citation(2),))))) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        shown = await world.alice.press(answer, "More by Marlowe here")

        assert shown.private
        assert shown.text.startswith("More from **Ada Marlowe** in this article\n[Harbour stays open, minister says]")
        assert "-# reported, not word for word" in shown.text
        assert shown.text.index("dredging") < shown.text.index("We will not close")
        assert "Open the gates" not in shown.text


async def test_buttons_work_after_a_restart(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(make_bot())
        shown = await world.bob.press(answer, "Context")

        assert "**We will not close the harbour,**" in shown.text


async def test_a_button_whose_words_have_gone_says_so(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(make_bot(store=FakeStore(units=())))

        assert (await world.alice.press(answer, "Context")).text.startswith(GONE)
        assert (await world.alice.press(answer, "More by Marlowe here")).text.startswith(GONE)


async def test_a_button_whose_article_has_changed_says_so(make_bot):
    changed = replace(ARTICLE, text=ARTICLE.text.replace("will not close", "may well shut"))
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question="who said it?")
        await world.restart(make_bot(store=FakeStore(changed)))

        assert (await world.alice.press(answer, "Context")).text.startswith(GONE)


async def test_another_servers_words_stay_hidden(make_bot):
    theirs = replace(ARTICLE, owner="guild:1")
    for cited in (citation(1, theirs), sentence(theirs)):
        answerer = FakeAnswerer(Answer("q", 0.9, (cited,)))
        async with world_with(make_bot(answerer, FakeStore(theirs))) as world:
            answer = await world.alice.slash("ask", question="who said it?")

            assert (await world.alice.press(answer, "Context")).text.startswith(GONE)


async def test_an_article_whose_id_is_too_long_for_a_button_has_none(make_bot):
    answerer = FakeAnswerer(Answer("q", 0.9, (sentence(replace(ARTICLE, id="x" * 200)),)))
    async with world_with(make_bot(answerer)) as world:
        assert (await world.alice.slash("ask", question="how long?")).buttons == []
