from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.services.dialogue import ConversationKey
from retrieval.domain import Answer
from tests.bot.harness import world_with
from tests.bot.made_up import ARTICLE, FakeAnswerer, FakeStore, citation

HOSTILE = (
    "@everyone @here",
    "<@&123456789012345678> <@1>",
    "[free nitro](https://evil.example)",
    "who said \u202eit\u202c\u2066",
    "wh\u200bo sa\u200did it",
    "Z" + "\u0301" * 300,
    "```\n# big\n>>> all\n||spoiler||",
    "<t:1700000000:R> </ask:1> <:x:1>",
    "\x00\x1b[31m\ud800"[:-1] + " who",
)


@pytest.mark.parametrize("question", HOSTILE)
async def test_hostile_questions_are_answered_like_others(make_bot, question):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        shown = await world.alice.slash("ask", question=question)
        await world.alice.say(f"{world.mention} {question}")

        assert "\n> “We will not close" in shown.text
        assert "](https:" not in world.everything_sent().replace("](<https:", "")
        assert not any(mark in answerer.asked[0][0] for mark in "\u202e\u2066\u200b\x00\x1b\n")


async def test_a_question_of_2000_characters_is_asked_to_be_shorter(make_bot):
    async with world_with(make_bot()) as world:
        await world.alice.say(f"{world.mention} " + "why " * 490)

        assert world.last.text == "That has 1,959 characters, and I read 1,000. Please shorten it."


async def test_a_question_of_4000_characters_is_too(make_bot):
    async with world_with(make_bot()) as world:
        with pytest.raises(Refused, match="4,000 characters"):
            await world.env.bot.services.dialogue.reply("x" * 4000, None, ConversationKey(1, 1))


@pytest.mark.parametrize(
    "title",
    [
        "T" * 40_000,
        "]( <t:1:R> " * 4_000,
        "@everyone",
        "\u202e\u200b\u200b",
        "https://evil.example/[x](y)",
        "",
    ],
)
async def test_hostile_titles_are_cut_and_escaped(make_bot, title):
    article = replace(ARTICLE, title=title)
    async with world_with(
        make_bot(FakeAnswerer(Answer("q", 0.9, (citation(1, article),))), FakeStore(article))
    ) as world:
        shown = await world.alice.slash("ask", question="who?")
        around = await world.alice.press(shown, "Context")

        assert "**We will not close the harbour,**" in around.text
        assert len(shown.text) < 1500


async def test_hostile_articles_ping_nobody_and_break_nothing(make_bot):
    words = "@everyone <@&1> [x](https://evil.example) \u202e `||**_~~ # "
    article = replace(ARTICLE, text=words + ARTICLE.text[len(words) :].replace("harbour", "h@rbour"))
    cited = replace(citation(1, article), text=words)
    async with world_with(make_bot(FakeAnswerer(Answer("q", 0.9, (cited,))))) as world:
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text.split("\n")[2].startswith(
            r"> “\@everyone \<\@&1\> \[x\](https\://evil.example) […] \`\|\|\*\*\_\~\~ #”".replace("[…]", r"\[…\]")
        )
