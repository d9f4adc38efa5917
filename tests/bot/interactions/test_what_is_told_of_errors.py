import asyncio
import errno
import re
import threading
from datetime import date

import pytest

from bot import client
from bot.errors import TookTooLong
from bot.services.dialogue import ConversationKey
from retrieval.errors import ArchiveBusy, ArchiveDamaged, ModelError
from tests.bot.harness import until, world_with
from tests.bot.made_up import HARBOUR, FakeAnswerer


def failing(error):
    def fail(question):
        raise error

    return FakeAnswerer(fail)


class Gate:
    """An answerer that waits until it is let through."""

    def __init__(self):
        self.open = threading.Event()
        self.waiting = 0

    def opens_in(self, seconds):
        asyncio.get_running_loop().call_later(seconds, self.open.set)

    def today(self):
        return date(2026, 1, 1)

    def answer_query(self, query, filters, limit=5):
        self.waiting += 1
        assert self.open.wait(10)
        return HARBOUR


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("secret path /var/x"), "Something went wrong on my side"),
        (ArchiveDamaged("/data/archive.sqlite is damaged"), "The archive can't be read"),
        (ModelError("no weights in /models"), "The model that finds answers isn't working"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk that I keep the archive on is full"),
    ],
)
async def test_what_breaks_is_told_with_a_reference_and_without_what_is_inside(make_bot, error, told):
    async with world_with(make_bot(failing(error))) as world:
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text.startswith(told)
        assert shown.text.endswith("-# Reference: ABC123")
        assert "/" not in shown.text


async def test_the_reference_stands_in_the_log_beside_the_cause(make_bot, logged):
    async with world_with(make_bot(failing(ValueError("odd")))) as world:
        await world.alice.slash("ask", question="who?")

    event = next(event for event in logged if event["event"] == "answer_failed")
    assert event["reference"] == "ABC123"
    assert str(event["exc_info"]) == "odd"


async def test_an_archive_that_is_being_worked_on_says_when_to_come_back(make_bot):
    async with world_with(make_bot(failing(ArchiveBusy("held")))) as world:
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text == "The archive is being worked on at the moment. Please try again in a minute."


async def test_a_failed_mention_is_told_in_the_channel(make_bot):
    async with world_with(make_bot(failing(ValueError()))) as world:
        await world.alice.say(f"{world.mention} who?")

        assert world.last.text.startswith("Something went wrong")


async def test_what_takes_too_long_is_given_up(make_bot):
    async with world_with(make_bot(failing(TookTooLong(30)))) as world:
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text.startswith("That took too long")


async def test_who_comes_to_a_full_queue_is_told_how_long_it_takes(make_bot):
    gate = Gate()
    bot = make_bot(gate, queue=1)
    async with world_with(bot) as world:
        first, second = (
            asyncio.create_task(bot.services.dialogue.reply("who?", None, ConversationKey(1, 1))) for _ in range(2)
        )
        await until(lambda: gate.waiting == 1)
        shown = await world.alice.slash("ask", question="who?")
        gate.open.set()
        await asyncio.gather(first, second)

        assert re.fullmatch(r"Many questions are waiting. Please try again in about \d+ s.", shown.text)


async def test_a_late_acknowledgement_is_logged_and_nothing_else_happens(make_bot, logged):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        world.refuse("POST", "/interactions/*/callback", status=404, code=10062)
        assert await world.alice.slash("ask", question="who?") is None

    assert not answerer.asked
    assert [event["event"] for event in logged if event["log_level"] != "info"] == []


async def test_a_placeholder_that_was_deleted_meanwhile_is_let_go(make_bot, logged):
    async with world_with(make_bot()) as world:
        world.refuse("PATCH", "/channels/*/messages/*", status=404, code=10008)
        await world.alice.say(f"{world.mention} who?")

        assert world.last.text == "Thinking…"
    assert "answer_not_wanted_any_more" in [event["event"] for event in logged]


async def test_who_asks_where_the_bot_may_not_write_is_told_in_private(make_bot):
    async with world_with(make_bot()) as world:
        world.refuse("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013, times=None)
        await world.alice.say(f"{world.mention} who?")

        assert ["where I may not write" in letter for letter in world.alice.letters] == [True]


async def test_who_can_not_be_told_at_all_is_logged(make_bot, logged):
    async with world_with(make_bot()) as world:
        world.refuse("POST", "/channels/*/messages", status=403, code=50013, times=None)
        await world.alice.say(f"{world.mention} who?")

    assert "person_not_told" in [event["event"] for event in logged]


async def test_a_503_is_tried_once_more(make_bot):
    async with world_with(make_bot()) as world:
        world.refuse("PATCH", "/webhooks/*", status=503)
        shown = await world.alice.slash("ask", question="who?")
        await world.pass_time(2)

        assert "Ada Marlowe" in type(shown)(shown.raw).text


async def test_a_server_that_stays_unavailable_is_logged(make_bot, logged):
    async with world_with(make_bot()) as world:
        world.refuse("PATCH", "/webhooks/*", status=503, times=None)
        await world.alice.slash("ask", question="who?")
        await world.pass_time(5)

    assert "person_not_told" in [event["event"] for event in logged]


async def test_answers_under_way_are_finished_before_the_bot_stops(make_bot):
    gate = Gate()
    bot = make_bot(gate)
    async with world_with(bot) as world:
        asyncio.get_running_loop().call_later(0.1, bot.stop_soon)
        gate.opens_in(0.3)
        shown = await world.alice.slash("ask", question="who?")

        assert "**Ada Marlowe**" in shown.text
        await until(bot.is_closed)


async def test_who_asks_while_the_bot_stops_is_told_to_come_back(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        bot.services.worker.refuse()
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text == "I am being restarted. Please ask again in a minute."


async def test_who_waits_too_long_for_a_bot_that_stops_gets_an_apology(make_bot, monkeypatch):
    monkeypatch.setattr(client, "GRACE", 0.05)
    gate = Gate()
    bot = make_bot(gate)
    async with world_with(bot) as world:
        asyncio.get_running_loop().call_later(0.1, bot.stop_soon)
        gate.opens_in(0.6)
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text.startswith("I am being restarted")
