import aiohttp
import discord
import pytest

from bot.playground.connector import loopback_connector
from bot.playground.shown import LOADING, buttons


async def answered(loopback, message):
    await loopback.world.until(lambda: not loopback.world.message(message)["flags"] & LOADING, 10)
    return loopback.world.message(message)


async def test_a_command_is_thought_about_and_then_answered(loopback, small_bot):
    small_bot.thinks = 0.2
    message = await loopback.world.ask("ask", question="who?")
    assert loopback.world.message(message)["flags"] & LOADING
    answer = await answered(loopback, message)
    assert answer["content"] == "You asked: who?"
    assert buttons(answer) == [("More", "more")]


async def test_a_button_changes_the_message_that_it_stands_under(loopback, small_bot):
    message = await loopback.world.ask("ask", question="who?")
    await answered(loopback, message)
    assert await loopback.world.click(message, "more") == message
    assert loopback.world.message(message)["content"] == "More of it"


async def test_a_mention_is_answered_with_a_reply(loopback, small_bot):
    await loopback.world.say(f"<@{loopback.world.bot_id}> are you there?")
    await loopback.world.until(lambda: len(loopback.world.messages()) == 2, 10)
    assert loopback.world.messages()[1]["content"] == "I am here"
    assert small_bot.heard[0].content.endswith("are you there?")


async def test_without_the_privileged_intent_other_messages_arrive_without_their_words(loopback, small_bot):
    await loopback.world.say("between you and me")
    await loopback.world.say(f"<@{loopback.world.bot_id}> hello")
    await loopback.world.until(lambda: len(loopback.world.messages()) == 3, 10)
    assert [bool(message.content) for message in small_bot.heard] == [False, True]


async def test_a_file_arrives_with_its_message(loopback, small_bot):
    channel = small_bot.get_channel(loopback.world.channel_id)
    with_file = discord.File(__file__, filename="sources.txt")
    await channel.send("the sources", file=with_file)
    assert loopback.world.messages()[-1]["attachments"][0]["filename"] == "sources.txt"


async def test_every_request_is_recorded_with_its_answer(loopback, small_bot, exchanges):
    await answered(loopback, await loopback.world.ask("ask", question="who?"))
    callback = next(exchange for exchange in exchanges if exchange.path.endswith("/callback"))
    assert (callback.method, callback.body["type"]) == ("POST", 5)
    synced = next(exchange for exchange in exchanges if exchange.method == "PUT")
    assert (synced.status, synced.body[0]["name"]) == (200, "ask")


async def test_a_wrong_token_is_refused(loopback, certificate):
    connector = loopback_connector(loopback.port, certificate.certificate)
    async with discord.Client(intents=discord.Intents.none(), connector=connector) as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("another-token")


@pytest.mark.parametrize("address", ["https://example.org/", "https://127.0.0.1:1/", "http://[::1]:1/"])
async def test_the_bot_reaches_no_other_address(loopback, certificate, address):
    connector = loopback_connector(loopback.port, certificate.certificate)
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(aiohttp.ClientConnectionError, match="leads to no other"):
            await session.get(address)


async def test_nobody_but_a_client_with_the_certificate_is_served(loopback):
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(f"https://127.0.0.1:{loopback.port}/api/v10/users/@me")
