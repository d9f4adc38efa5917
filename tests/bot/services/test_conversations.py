from dataclasses import replace

from bot.services.dialogue import ConversationKey, Conversations
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Answer
from tests.bot.made_up import ARTICLE, citation


def turn(question: str, characters: int = 0) -> ConversationTurn:
    cited = citation(1, replace(ARTICLE, text=ARTICLE.text + "x" * characters))
    return ConversationTurn.after(None, question, Answer(question, 0.9, (cited,)))


def test_the_last_turn_of_each_person_in_each_channel_is_remembered_for_ten_minutes():
    now = [0.0]
    conversations = Conversations(600, lambda: now[0])
    here, there = ConversationKey(1, 7), ConversationKey(2, 7)
    conversations.remember(here, turn("a"))
    conversations.remember(here, turn("b"))
    conversations.remember(there, turn("c"))
    assert conversations.recall(here).question == "b"
    assert conversations.of(7) == ["b", "c"]
    now[0] = 601.0
    assert conversations.recall(here) is None


def test_long_articles_push_older_turns_out_so_that_memory_is_bounded():
    conversations = Conversations()
    for person in range(100):
        conversations.remember(ConversationKey(1, person), turn("a", 1_000_000))
    kept = [person for person in range(100) if conversations.recall(ConversationKey(1, person))]
    assert kept == list(range(71, 100))
    conversations.remember(ConversationKey(1, 99), turn("b", 40_000_000))
    assert conversations.recall(ConversationKey(1, 99)) is None
