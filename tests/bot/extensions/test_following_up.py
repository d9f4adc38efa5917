from dataclasses import replace

from bot.services.dialogue import ANYBODY, ConversationKey, Conversations
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Answer
from tests.bot.harness import world_with
from tests.bot.made_up import ARTICLE, HARBOUR, FakeAnswerer, FakeStore, citation


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


async def test_a_follow_up_is_read_in_the_light_of_the_last_answer_and_says_how(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.slash("ask", question="who said the harbour stays open?")
        await world.alice.say(f"{world.mention} and what did she say about the dredging?")

        assert "Ada Marlowe" in answerer.asked[-1][0]
        assert world.last.text.startswith("-# ")
        assert "Ada Marlowe" in world.last.text.splitlines()[0]
        assert "“" not in world.last.text.splitlines()[0]


async def test_a_reply_asks_for_more_words_of_the_same_speaker(make_bot):
    answer = replace(HARBOUR, citations=(citation(1),))
    async with world_with(make_bot(FakeAnswerer(answer))) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        first = world.last
        await world.alice.say(f"{world.mention} what else did she say?", reply_to=first)

        assert "> “Not this year, and not the next.”" in world.last.text


async def test_somebody_elses_question_is_no_follow_up(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        await world.bob.say(f"{world.mention} what did she say about fish?")

        assert answerer.asked[-1][0] == "what did she say about fish?"


async def test_a_reply_to_any_answer_follows_that_one_whoever_asked_for_it(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        first = world.last
        await world.bob.say(f"{world.mention} what did she say about fish?", reply_to=first)

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about fish?"


async def test_a_reply_follows_an_answer_that_was_given_before_a_restart(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        first = world.last
        await world.restart(make_bot(answerer))
        await world.bob.say(f"{world.mention} what did she say about fish?", reply_to=first)

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about fish?"


async def test_everybody_in_a_thread_may_follow_up_what_it_was_opened_from(make_bot):
    conversations, answerer = Conversations(), FakeAnswerer()
    async with world_with(make_bot(answerer, conversations=conversations)) as world:
        conversations.remember(
            ConversationKey(world.channel.id, ANYBODY), ConversationTurn.after(None, "who?", HARBOUR)
        )
        await world.bob.say(f"{world.mention} what did she say about fish?")

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about fish?"


async def test_small_talk_is_answered_and_leaves_the_conversation_where_it_was(make_bot):
    thanks = DialogueReply(ReplyKind.SMALL_TALK, Answer("thanks", 0.0), (ReplyText.of(ReplyCode.THANKS),))
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer, replies={"thanks": thanks})) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        await world.alice.say(f"{world.mention} thanks")
        assert world.last.text == "You're welcome!"
        await world.alice.say(f"{world.mention} what did she say about fish?")

        assert answerer.asked[-1][0] == "what did Ada Marlowe say about fish?"


async def test_a_command_starts_afresh(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        await world.alice.slash("ask", question="who said the harbour stays open?")
        await world.alice.slash("ask", question="what did she say about fish?")

        assert answerer.asked[-1][0] == "what did she say about fish?"


async def test_a_conversation_is_forgotten_after_a_while(make_bot):
    clock, answerer = Clock(), FakeAnswerer()
    async with world_with(make_bot(answerer, conversations=Conversations(600, clock))) as world:
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        clock.now = 600
        await world.alice.say(f"{world.mention} what did she say about fish?")

        assert answerer.asked[-1][0] == "what did she say about fish?"


async def test_another_servers_answer_is_never_followed_up(make_bot):
    theirs = replace(ARTICLE, owner="guild:1")
    conversations, answerer = Conversations(), FakeAnswerer()
    async with world_with(make_bot(answerer, FakeStore(theirs), conversations=conversations)) as world:
        place = ConversationKey(world.channel.id, world.alice.actor.id)
        conversations.remember(place, ConversationTurn.after(None, "who?", Answer("who?", 0.9, (citation(1, theirs),))))
        await world.alice.say(f"{world.mention} when was that?")

        assert answerer.asked[-1][0] == "when was that?"


def test_conversations_are_remembered_for_a_person_and_a_channel_and_forgotten_on_demand():
    conversations = Conversations()
    for place in (ConversationKey(1, 1), ConversationKey(2, 1), ConversationKey(1, 2)):
        conversations.remember(place, ConversationTurn.after(None, f"q{place.channel}", HARBOUR))

    assert conversations.of(1) == ["q1", "q2"]
    conversations.forget(1)
    assert conversations.recall(ConversationKey(1, 1)) is None
    assert conversations.recall(ConversationKey(1, 2)) is not None


def test_a_crowd_does_not_fill_the_memory():
    conversations = Conversations()
    for person in range(6_000):
        conversations.remember(ConversationKey(1, person), ConversationTurn.after(None, "q", HARBOUR))

    assert conversations.recall(ConversationKey(1, 0)) is None
    assert conversations.recall(ConversationKey(1, 5_999)) is not None
