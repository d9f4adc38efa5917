"""What a person sees when something goes wrong: the real bot with invented articles, over real sockets."""

import asyncio
import errno
import time
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.playground.connector import loopback_connector
from bot.playground.faults import InjectedFault
from bot.playground.shown import LOADING, button, shown_text
from retrieval.domain import Answer
from retrieval.errors import ArchiveBusy, ArchiveDamaged, ModelError
from tests.bot.made_up import ARTICLE, FakeAnswerer, citation
from tests.bot.openapi import problems
from tests.bot.playground.conftest import TOKEN

CALLBACK, EDIT, MESSAGES = "/interactions/*/callback", "/webhooks/*/messages/*", "/channels/*/messages"


def failing(error):
    def fail(question):
        raise error

    return FakeAnswerer(fail)


@pytest.fixture
def connected(loopback, certificate, make_bot, exchanges):
    """The bot, connected; whatever it sent must be a request that Discord takes."""

    @asynccontextmanager
    async def connect(answerer=None):
        connector = loopback_connector(loopback.port, certificate.certificate)
        bot = make_bot(answerer, connector=connector, guild_ready_timeout=0.1)
        async with bot:
            running = asyncio.create_task(bot.start(TOKEN))
            await asyncio.wait_for(loopback.gateway.ready.wait(), 20)
            await loopback.world.until(lambda: "ask" in loopback.world.commands(), 20)
            yield Asking(loopback.world)
        await running
        assert [problem for made in exchanges for problem in problems(made.method, made.path, made.body)] == []

    return connect


class Asking:
    def __init__(self, world):
        self.world = world

    async def ask(self, **options):
        """What stands there once the bot no longer thinks."""
        message = await self.world.ask("ask", question="who said the harbour stays open?", **options)
        assert message is not None
        await self.world.until(lambda: not self.world.message(message)["flags"] & LOADING, 20)
        return shown_text(self.world.message(message))

    async def mention(self):
        return await self.world.say(f"<@{self.world.bot_id}> who said the harbour stays open?")

    async def last(self, words, within=20):
        """The newest message, as soon as it has those words."""
        await self.world.until(lambda: any(words in shown_text(last) for last in self.world.messages()[-1:]), within)
        return self.world.messages()[-1]


@pytest.mark.parametrize("path", [CALLBACK, EDIT])
async def test_a_rate_limit_is_waited_out_and_the_answer_comes(loopback, connected, path):
    async with connected() as asking:
        loopback.faults.add(InjectedFault("*", path, status=429, retry_after=0.6))
        begun = time.monotonic()
        assert "“We will not close the harbour,”" in await asking.ask()
        assert time.monotonic() - begun >= 0.6


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("path", [CALLBACK, EDIT, MESSAGES])
async def test_a_server_error_of_discord_passes_unnoticed(loopback, connected, status, path):
    async with connected() as asking:
        loopback.faults.add(InjectedFault("*", path, status=status))
        if path != MESSAGES:
            assert "“We will not close the harbour,”" in await asking.ask()
        else:
            await asking.mention()
            await asking.last("“We will not close the harbour,”")


@pytest.mark.parametrize("path", [EDIT, MESSAGES, "/channels/*/messages/*"])
async def test_a_connection_that_breaks_before_discord_answers_leaves_nobody_without_an_answer(
    loopback, connected, path
):
    async with connected() as asking:
        loopback.faults.add(InjectedFault("*", path, cut=True))
        if path == EDIT:
            assert "“We will not close the harbour,”" in await asking.ask()
        else:
            await asking.mention()
            await asking.last("“We will not close the harbour,”")
            assert len(asking.world.messages()) == 2


async def test_who_can_not_be_acknowledged_is_told_so(loopback, connected):
    async with connected() as asking:
        loopback.faults.add(InjectedFault("POST", CALLBACK, status=400))
        assert (await asking.ask()).startswith("Something went wrong on my side, so I have no answer.")


async def test_what_is_asked_while_the_socket_is_broken_is_answered_after_resuming(loopback, connected):
    async with connected() as asking:
        loopback.gateway.drop()
        await asking.mention()
        await asking.last("“We will not close the harbour,”")
        assert len(asking.world.messages()) == 2


async def test_after_an_invalid_session_the_bot_is_there_again(loopback, connected):
    async with connected() as asking:
        loopback.gateway.invalidate()
        await asyncio.wait_for(loopback.gateway.ready.wait(), 20)
        assert "“We will not close the harbour,”" in await asking.ask()


async def test_an_answer_under_way_survives_a_broken_socket(loopback, connected):
    def slowly(question):
        time.sleep(0.5)
        return Answer(question, 0.9, (citation(1),))

    async with connected(FakeAnswerer(slowly)) as asking:
        asyncio.get_running_loop().call_later(0.2, loopback.gateway.drop)
        assert "“We will not close the harbour,”" in await asking.ask()


async def test_after_a_late_acknowledgement_nothing_is_worked_out_and_the_next_question_is_answered(
    loopback, connected, exchanges
):
    answerer = FakeAnswerer()
    async with connected(answerer) as asking:
        loopback.faults.add(InjectedFault("POST", CALLBACK, delay=3.2))
        assert await asking.world.ask("ask", question="who?") is None  # Discord itself says that nothing came
        await asyncio.sleep(0.4)
        assert [made.answer["code"] for made in exchanges if made.status == 404] == [10062]
        assert not answerer.asked
        assert "“We will not close the harbour,”" in await asking.ask()


async def test_a_question_that_was_deleted_is_answered_without_a_reference(loopback, connected):
    async with connected() as asking:
        loopback.faults.add(InjectedFault("POST", MESSAGES, delay=0.5))
        question = await asking.mention()
        await asyncio.sleep(0.2)
        asking.world.delete(question)
        await asking.last("“We will not close the harbour,”")


async def test_an_answer_that_was_deleted_while_it_was_worked_out_does_not_come_back(connected, exchanges):
    def slowly(question):
        time.sleep(0.6)
        return Answer(question, 0.9, (citation(1),))

    async with connected(FakeAnswerer(slowly)) as asking:
        await asking.mention()
        thinking = await asking.last("Thinking…")
        asking.world.delete(int(thinking["id"]))
        await asking.world.until(lambda: any(made.method == "PATCH" for made in exchanges), 10)
        assert [made.answer["code"] for made in exchanges if made.status == 404] == [10008]
        assert len(asking.world.messages()) == 1


async def test_who_asks_where_the_bot_may_not_write_is_told_in_private(loopback, connected, exchanges):
    async with connected() as asking:
        loopback.faults.add(
            InjectedFault("POST", f"/channels/{asking.world.channel_id}/messages", status=403, code=50013, times=2)
        )
        await asking.mention()
        await asking.world.until(lambda: any(made.path == "/users/@me/channels" for made in exchanges), 10)
        await asyncio.sleep(0.3)
        letters = [str(made.body) for made in exchanges if made.path.endswith("/messages") and made.status == 200]
        assert len(letters) == 1
        assert "I was asked something where I may not write." in letters[0]


async def test_a_title_of_40000_characters_is_cut_and_marked(connected):
    endless = replace(ARTICLE, title="Harbour [talks](https://evil.example) @everyone " * 834)
    async with connected(FakeAnswerer(Answer("q", 0.9, (citation(1, endless), citation(2, endless))))) as asking:
        shown = await asking.ask()
        assert "“We will not close the harbour,”" in shown
        assert "Harbour [talks](https://evil.example) @everyone Harbour" in shown
        assert "[…]" in shown
        assert len(shown) < 4000


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModelError("no weights"), "The model that finds answers isn't working. Whoever runs me has to look into it."),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "The disk that I keep the archive on is full. Whoever runs me has to make room.",
        ),
        (ArchiveDamaged("damaged"), "The archive can't be read at the moment. Whoever runs me has to repair it."),
        (ZeroDivisionError(), "Something went wrong on my side, so I have no answer."),
    ],
)
async def test_what_breaks_is_told_with_a_reference(connected, error, told):
    async with connected(failing(error)) as asking:
        assert await asking.ask() == f"{told}\nReference: ABC123"


async def test_an_archive_that_is_being_rebuilt_says_when_to_come_back(connected):
    async with connected(failing(ArchiveBusy("held"))) as asking:
        assert await asking.ask() == "The archive is being worked on at the moment. Please try again in a minute."


async def test_a_button_of_an_answer_whose_article_has_gone_says_so(connected):
    gone = replace(ARTICLE, id="gone")
    away = replace(citation(1, gone), quotation=None)
    async with connected(FakeAnswerer(Answer("q", 0.9, (away,)))) as asking:
        message = await asking.world.ask("ask", question="who?")
        await asking.world.until(lambda: not asking.world.message(message)["flags"] & LOADING, 20)
        private = await asking.world.click(message, button(asking.world.message(message), "Context"))
        await asking.world.until(lambda: not asking.world.message(private)["flags"] & LOADING, 20)
        assert shown_text(asking.world.message(private)).startswith("Those words are no longer in the archive")
