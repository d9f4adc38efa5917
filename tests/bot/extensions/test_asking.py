from datetime import date

from bot.interactions.replies import NO_PINGS
from retrieval.domain import OPERATOR
from tests.bot.harness import world_with
from tests.bot.made_up import DECLINED, FakeAnswerer


async def test_ask_shows_words_speaker_day_and_source(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("ask", question="who said the harbour stays open?")

        assert shown.text.splitlines()[:6] == [
            "-# who said the harbour stays open?",
            "**Ada Marlowe**, harbour minister",
            "> “We will not close the harbour,”",
            "-# said on 4 March 2024",
            "[Harbour stays open, minister says](<https://gazette.example/harbour?from=front%20page>)",
            "-# The Pebble Bay Gazette · 5 March 2024",
        ]
        assert not shown.private
        assert shown.buttons[:2] == ["Context", "More by Marlowe here"]


async def test_the_question_stands_above_the_answer_and_marks_nothing_as_quoted(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("ask", question='did she say "“never”" [again](x)?')

        assert shown.text.startswith("-# did she say '‘never’' \\[again\\](x)?\n")


async def test_a_question_can_be_narrowed(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.slash(
            "ask", question="who?", speaker="Marlowe", publisher="Gazette", after="2023-05", before="2024"
        )
        asked = answerer.asked[0][1]

        assert (asked.speaker, asked.publisher) == ("Marlowe", "The Pebble Bay Gazette")
        assert (asked.after, asked.before) == (date(2023, 5, 1), date(2024, 12, 31))
        assert await world.alice.type("ask", "publisher", "peb") == ["The Pebble Bay Gazette", "Evening Pebble"]
        assert await world.alice.type("ask", "speaker", "rook") == ["Tom Rook"]


async def test_a_filter_that_the_archive_does_not_know_says_what_is_nearest(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        publisher = await world.alice.slash("ask", question="who?", publisher="Evning Peble")
        speaker = await world.alice.slash("ask", question="who?", speaker="Ada Marlow-Smith")

        assert (
            publisher.text == "Here is no article of a publisher called **Evning Peble**. The nearest: Evening Pebble."
        )
        assert speaker.text == "Nobody called **Ada Marlow-Smith** is quoted here. The nearest: Ada Marlowe."
        assert not answerer.asked


async def test_a_private_question_is_answered_to_the_asker_alone(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.alice.slash("ask", question="who said it?", private=True)

        assert shown.private
        assert world.requests("POST", "/callback")[0].json == {"type": 5, "data": {"flags": 64}}


async def test_what_the_archive_does_not_say_is_declined_with_what_comes_nearest(make_bot):
    async with world_with(make_bot(FakeAnswerer(DECLINED))) as world:
        shown = await world.alice.slash("ask", question="who won the cup?")

        assert shown.text.startswith("-# who won the cup?\n**The archive doesn't say.**")
        assert "**Ada Marlowe**, harbour minister\n> that the dredging would be paid for by the town" in shown.text
        assert "-# Not an answer: it is about the harbour" in shown.text


async def test_a_mention_is_answered_in_place_of_thinking(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        question = await world.alice.say(f"{world.mention} who said the harbour stays open?")

        assert "Thinking…" in str(world.requests("POST", "/messages")[0].json)
        assert "> “We will not close the harbour,”" in world.last.text
        assert world.last.raw.reference.message_id == question.id
        assert answerer.asked[0][0] == "who said the harbour stays open?"


async def test_a_reply_that_pings_is_answered(make_bot):
    async with world_with(make_bot()) as world:
        first = await world.alice.slash("ask", question="who said it?")
        await world.bob.say(f"{world.mention} and who else?", reply_to=first)

        assert world.last.raw.author.bot


async def test_a_direct_message_is_a_question(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.whisper("who said the harbour stays open?")

        assert answerer.asked[0][1].owners == {OPERATOR}
        assert len(world.requests("PATCH")) == 1


async def test_other_messages_are_left_alone(make_bot):
    async with world_with(make_bot()) as world:
        await world.alice.say("who said the harbour stays open?")
        await world.alice.say("@everyone who said it?")

        assert not world.requests("POST", "/messages")


async def test_a_server_sees_its_own_articles_and_the_operators(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.slash("ask", question="who?")

        assert answerer.asked[0][1].owners == {OPERATOR, f"guild:{world.guild.id}"}


async def test_a_mention_without_a_question_is_told_how_to_ask(make_bot):
    async with world_with(make_bot()) as world:
        await world.alice.say(f"{world.mention} \u200b ?!")

        assert world.last.text.startswith("Ask me a question")
        assert "Reference" not in world.last.text


async def test_commands_are_sent_once_and_again_only_when_discord_lost_them(make_bot):
    async with world_with(make_bot()) as world:
        await world.restart(make_bot())
        assert len(world.requests("PUT", "/commands")) == 1
        world.env.backend.commands.clear()
        await world.restart(make_bot())
        assert len(world.requests("PUT", "/commands")) == 2


def test_nobody_is_pinged_by_default():
    assert NO_PINGS.to_dict() == {"parse": []}
