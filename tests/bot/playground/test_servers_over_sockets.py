"""What servers decide, add and watch, with the real bot over real sockets."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.playground.connector import loopback_connector
from bot.playground.shown import LOADING, button, shown_text
from bot.tasks.watch_notices import WatchNotices
from retrieval.domain import Article
from tests.bot.openapi import problems
from tests.bot.playground.conftest import TOKEN
from tests.retrieval.made_up_archive import article, entry, quotation

WORDS = '"The tower may stay," said Ada Marlowe.'
PAGE = "The pier reopens.\n\n“The pier is safe” said Rook yesterday evening.\n"


def fetched(address, owner):
    return Article(id="pier", title="The pier", text=PAGE, url=address, owner=owner)


@pytest.fixture
def connected(loopback, certificate, make_bot, exchanges):
    """The bot and the world that it is connected to."""

    @asynccontextmanager
    async def connect():
        connector = loopback_connector(loopback.port, certificate.certificate)
        bot = make_bot(connector=connector, guild_ready_timeout=0.1, fetched=fetched)
        async with bot:
            running = asyncio.create_task(bot.start(TOKEN))
            await asyncio.wait_for(loopback.gateway.ready.wait(), 20)
            await asyncio.wait_for(bot.wait_until_ready(), 20)
            yield bot, loopback.world
        await running
        assert [problem for made in exchanges for problem in problems(made.method, made.path, made.body)] == []

    return connect


async def answered(world, command, **options):
    """The message that answers, once the bot no longer thinks."""
    message = await world.ask(command, **options)
    await world.until(lambda: not world.message(message)["flags"] & LOADING, 20)
    return message


async def test_a_setting_is_changed_by_a_button_and_holds(connected):
    async with connected() as (bot, world):
        card = await answered(world, "settings")
        await world.click(card, button(world.message(card), "Make private"))
        await world.until(lambda: "Private: answers" in shown_text(world.message(card)), 20)
        answer = await answered(world, "ask", question="who said it?")

        assert world.message(answer)["flags"] & 64
        assert (await asyncio.to_thread(bot.services.guilds._records.all)).popitem()[1].private


async def test_an_article_is_added_from_an_address(connected, archive):
    async with connected() as (_, world):
        card = await world.ask("archive add", address="https://gazette.example/pier")
        await world.until(lambda: "article added." in shown_text(world.message(card)), 60)

        assert [listed.title for listed in archive.listing()] == ["The pier"]


async def test_an_article_is_added_from_an_attached_file(connected, archive):
    async with connected() as (_, world):
        card = await world.ask("archive add", file=("the pier.txt", PAGE.encode()))
        await world.until(lambda: "article added." in shown_text(world.message(card)), 60)

        assert [listed.title for listed in archive.listing()] == ["the pier"]


async def test_a_channel_is_told_what_new_articles_bring(connected, archive):
    async with connected() as (bot, world):
        await answered(world, "watch", speaker="Marlowe", where="here")
        archive.put(entry(article("tower", WORDS), [quotation(WORDS, "The tower may stay,", "Ada Marlowe")]))
        await WatchNotices(bot).look()

        told = shown_text(world.messages()[-1])
        assert told.startswith("Ada Marlowe is quoted in new articles.")
        assert "“The tower may stay,”" in told


async def test_what_found_no_answer_is_listed(connected):
    async with connected() as (bot, world):
        bot.services.gaps._gaps.add(world._guild.id, "who won the cup?")
        card = await answered(world, "gaps")

        assert "who won the cup?\nasked 1 time" in shown_text(world.message(card))
