"""The commands of the real bot in a process of its own, over a real archive and real sockets."""

import asyncio

import pytest

import samples
from bot.playground.running import running_playground
from bot.playground.shown import LOADING, button, shown_text
from cli.playground import ingest_into
from tests.bot.openapi import problems

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    data = tmp_path_factory.mktemp("archive")
    with samples.as_file(samples.ARTICLES) as articles:
        asyncio.run(ingest_into(data, [articles]))
    return data


async def use(world, command, **options):
    return await answered(world, await world.ask(command, **options))


async def answered(world, message):
    await world.until(lambda: not world.message(message)["flags"] & LOADING, 60)
    return message


async def test_the_commands_answer_from_the_archive_and_the_bot_ends_when_it_is_told_to(archive):
    exchanges = []
    async with running_playground(archive, record=exchanges.append) as playground:
        world = playground.discord.world

        async def text(command, **options):
            return shown_text(world.message(await use(world, command, **options)))

        changed = await text("verify", quotation="We do accept any such thing", speaker="Nauert")
        assert changed.startswith(
            "Checked: We do accept any such thing\nThe words have been changed.\n"
            "What was changed or left out may turn the sense."
        )
        assert (
            "left out: not\nHeather Nauert, State Department spokeswoman\n“We do not accept any such thing.”" in changed
        )

        assert (await text("who-said", words="successfully fulfill the tasks")).startswith(
            "Checked: successfully fulfill the tasks\nSergei Surovikin, General\n“successfully fulfill the tasks”"
        )

        timeline = await use(world, "quotes", speaker="Nauert")
        assert shown_text(world.message(timeline)).startswith("Heather Nauert\n1–")
        around = await answered(world, await world.click(timeline, button(world.message(timeline), "Context")))
        assert shown_text(world.message(around)).startswith("From the article:")

        assert "/quotes" in await text("help")
        assert "What is kept about you" in await text("privacy")
        bot = playground.bot

    assert bot.returncode == 0
    assert [exchange for exchange in exchanges if exchange.status >= 400] == []
    assert [problem for made in exchanges for problem in problems(made.method, made.path, made.body)] == []
