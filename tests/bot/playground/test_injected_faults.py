import asyncio
import time

import discord
import pytest

from bot.playground.faults import FaultTable, InjectedFault
from bot.playground.shown import LOADING

MESSAGES = "/channels/*/messages"


async def answered(loopback, message):
    await loopback.world.until(lambda: not loopback.world.message(message)["flags"] & LOADING, 10)
    return loopback.world.message(message)["content"]


def test_a_fault_is_used_up_and_the_next_one_follows():
    faults = FaultTable()
    faults.add(InjectedFault("POST", "/a/*", status=500, times=2))
    faults.add(InjectedFault("*", "/a/*", status=502))
    taken = [faults.take("POST", "/a/b") for _ in range(4)]
    assert [fault and fault.status for fault in taken] == [500, 500, 502, None]
    assert faults.take("POST", "/b") is None


async def test_a_rate_limit_is_waited_out(loopback, small_bot, exchanges):
    loopback.faults.add(InjectedFault("POST", MESSAGES, status=429, retry_after=0.5))
    started = time.monotonic()
    await small_bot.get_channel(loopback.world.channel_id).send("hello")
    assert time.monotonic() - started >= 0.5
    assert [exchange.status for exchange in exchanges if exchange.method == "POST"] == [429, 200]


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_error_is_tried_again(loopback, small_bot, exchanges, status):
    loopback.faults.add(InjectedFault("POST", MESSAGES, status=status))
    await small_bot.get_channel(loopback.world.channel_id).send("hello")
    assert [exchange.status for exchange in exchanges if exchange.method == "POST"] == [status, 200]


async def test_service_unavailable_reaches_the_bot(loopback, small_bot):
    loopback.faults.add(InjectedFault("POST", MESSAGES, status=503))
    with pytest.raises(discord.DiscordServerError):
        await small_bot.get_channel(loopback.world.channel_id).send("hello")


async def test_a_missing_permission_reaches_the_bot(loopback, small_bot):
    loopback.faults.add(InjectedFault("POST", MESSAGES, status=403, code=50013))
    with pytest.raises(discord.Forbidden) as refused:
        await small_bot.get_channel(loopback.world.channel_id).send("hello")
    assert refused.value.code == 50013


async def test_a_deleted_message_is_unknown(loopback, small_bot):
    message = await small_bot.get_channel(loopback.world.channel_id).send("hello")
    loopback.world.delete(message.id)
    with pytest.raises(discord.NotFound) as missing:
        await message.edit(content="still here?")
    assert missing.value.code == 10008


async def test_an_acknowledgement_that_is_held_up_comes_too_late(loopback, small_bot):
    loopback.faults.add(InjectedFault("POST", "/interactions/*", delay=3.2))
    assert await loopback.world.ask("ask", question="who?") is None
    error = await asyncio.wait_for(small_bot.errors.get(), 10)
    assert error.code == 10062


async def test_a_bot_that_waits_too_long_is_too_late(loopback, small_bot):
    small_bot.defers_after = 3.2
    assert await loopback.world.ask("ask", question="who?") is None
    error = await asyncio.wait_for(small_bot.errors.get(), 10)
    assert error.code == 10062


async def test_what_happened_while_the_socket_was_broken_arrives_after_resuming(loopback, small_bot):
    session = small_bot.ws.session_id
    loopback.gateway.drop()
    await loopback.world.say(f"<@{loopback.world.bot_id}> are you back?")
    await loopback.world.until(lambda: len(loopback.world.messages()) == 2, 20)
    assert small_bot.ws.session_id == session


async def test_a_bot_asked_to_reconnect_resumes(loopback, small_bot):
    loopback.gateway.ask_to_reconnect()
    await asyncio.sleep(0.2)
    await loopback.world.say(f"<@{loopback.world.bot_id}> are you back?")
    await loopback.world.until(lambda: len(loopback.world.messages()) == 2, 20)


async def test_an_invalid_session_is_begun_anew(loopback, small_bot):
    session = small_bot.ws.session_id
    loopback.gateway.invalidate()
    await asyncio.wait_for(loopback.gateway.ready.wait(), 20)
    assert await answered(loopback, await loopback.world.ask("ask", question="still there?"))
    assert small_bot.ws.session_id != session
