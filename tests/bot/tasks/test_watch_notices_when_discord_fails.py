from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest

from bot.tasks.watch_notices import WatchNotices
from retrieval.guilds.watches import WatchPause
from tests.bot.harness import until, world_with
from tests.bot.watched import look, store


@pytest.mark.parametrize(
    ("status", "code", "reason"), [(403, 50007, WatchPause.FORBIDDEN), (404, 10003, WatchPause.GONE)]
)
async def test_where_nothing_can_be_written_the_watch_is_paused_and_can_begin_again(
    make_bot, archive, status, code, reason
):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        store(archive)
        world.refuse("POST", "/channels/*/messages", status=status, code=code)
        await look(bot)
        assert (await bot.services.watches.of_person(world.alice.actor.id))[0].paused is reason
        shown = await world.alice.slash("watching")
        assert "-# by direct message · paused: " in shown.text
        await world.alice.press(shown, "Begin again with what is paused")
        assert "paused" not in shown.text
        await look(bot)
        assert world.alice.letters == []
        store(archive, "another")
        await look(bot)

        assert len(world.alice.letters) == 1


async def test_when_discord_fails_nothing_is_lost_and_nothing_told_twice(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        await world.bob.slash("watch", speaker="Tom Rook")
        store(archive)
        world.refuse("POST", "/channels/*/messages", status=503, times=2)
        watching = WatchNotices(bot)
        with pytest.raises(Exception, match="503"):
            await watching.look()
        assert (len(world.alice.letters), len(world.bob.letters)) == (0, 1)
        await watching.look()
        await watching.look()

        assert len(world.alice.letters) == len(world.bob.letters) == 1


async def test_a_channel_that_fails_for_ever_holds_up_nobody_and_is_paused_in_the_end(make_bot, archive, monkeypatch):
    monkeypatch.setattr("retrieval.guilds.watch_matcher.ARTICLES_PER_MATCH", 1)
    monkeypatch.setattr("bot.tasks.watch_notices.PATIENCE", 3)
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        await world.bob.slash("watch", speaker="Tom Rook")
        send = WatchNotices._send

        async def sends(self, news, nonce):
            if news.watch.speaker == "Ada Marlowe":
                raise discord.HTTPException(Mock(status=503), "503")
            await send(self, news, nonce)

        monkeypatch.setattr(WatchNotices, "_send", sends)
        watching = WatchNotices(bot)
        for number in range(3):
            store(archive, f"tower-{number}")
            with pytest.raises(discord.HTTPException):
                await watching.look()
        assert len(world.bob.letters) == 3
        await watching.look()

        assert (await bot.services.watches.of_person(world.alice.actor.id))[0].paused is WatchPause.FAILING


async def test_a_connection_that_breaks_does_not_end_the_watching(make_bot, archive, monkeypatch):
    bot, looks = make_bot(), []

    async def breaks(_):
        looks.append(True)
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(bot, "wait_until_ready", AsyncMock())
    monkeypatch.setattr(WatchNotices, "look", breaks)
    running = WatchNotices(bot, interval=0.01).loop.start()
    await until(lambda: len(looks) > 1)
    running.cancel()


async def test_a_server_that_the_bot_has_left_is_told_nothing(make_bot, archive, monkeypatch):
    bot = make_bot()
    async with world_with(bot) as world:
        keeper = world.member("keeper", manage_messages=True)
        await keeper.slash("watch", speaker="Ada Marlowe", where="here")
        store(archive)
        monkeypatch.setattr(bot, "get_guild", lambda _: None)
        await look(bot)

        assert (await bot.services.watches.of_person(keeper.actor.id))[0].paused is WatchPause.GONE


async def test_news_that_can_not_be_told_for_a_fault_of_ours_spoil_their_own_watch_alone(
    make_bot, archive, monkeypatch, logged
):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        await world.bob.slash("watch", speaker="Tom Rook")
        store(archive)
        send = WatchNotices._send

        async def fail(self, news, nonce):
            if news.watch.person == world.alice.actor.id:
                raise KeyError("x")
            await send(self, news, nonce)

        monkeypatch.setattr(WatchNotices, "_send", fail)
        watching = WatchNotices(bot)
        await watching.look()
        await watching.look()

        assert (len(world.alice.letters), len(world.bob.letters)) == (0, 1)
        assert [event["event"] for event in logged if event["log_level"] == "error"] == ["news_not_told"]
