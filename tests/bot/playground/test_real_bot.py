"""The whole product: the real bot as its own process, a real archive, real sockets."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

import samples
from bot.playground.running import running_playground
from bot.playground.shown import LOADING, button, shown_text
from cli.playground import ingest_into
from tests.bot.openapi import problems

pytestmark = pytest.mark.slow

NEW_ARTICLE = """---
title: Lighthouse at Orvik to be sold
published: 2026-03-02
publisher: The Orvik Courier
---
The lighthouse at Orvik will be sold this summer.

"Nobody has lit that lamp since my grandfather was a boy," said Mayor Tilda Brask.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("archive")
    with samples.as_file(samples.ARTICLES) as articles:
        asyncio.run(ingest_into(data, [articles]))
    return data


@pytest.fixture
async def world(archive, exchanges, monkeypatch):
    monkeypatch.setenv("ONTHERECORD_PERSON_RATE", "10000")
    async with running_playground(archive, record=exchanges.append) as playground:
        yield playground.discord.world


async def ask(world, question):
    message = await world.ask("ask", question=question)
    await world.until(lambda: not world.message(message)["flags"] & LOADING, 60)
    return message


def articles() -> str:
    return "\n".join(file.read_text("utf-8") for file in samples.ARTICLES.iterdir())


async def test_a_question_a_mention_and_the_buttons_are_answered_in_the_articles_words(world, exchanges):
    message = await ask(world, "who said the mission isn't over?")
    card = world.message(message)
    assert "Heather Nauert" in shown_text(card)
    assert all(words in articles() for words in re.findall("“([^”]+)”", shown_text(card)))

    around = await world.click(message, button(card, "Context"))
    await world.until(lambda: not world.message(around)["flags"] & LOADING, 60)
    assert "our mission there is not over" in shown_text(world.message(around))

    await world.say(f"<@{world.bot_id}> who won the 2018 World Cup?")
    await world.until(lambda: "archive doesn't say" in shown_text(world.messages()[-1]), 60)
    assert [exchange for exchange in exchanges if exchange.status >= 400] == []
    assert [problem for made in exchanges for problem in problems(made.method, made.path, made.body)] == []


@pytest.mark.timeout(600)
async def test_while_the_archive_is_rebuilt_everybody_is_answered(world, archive):
    rebuilding = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "ingest", "--rebuild"), env={**os.environ, "ONTHERECORD_DATA": str(archive)}
    )
    answers = []
    while rebuilding.returncode is None and len(answers) < 30:
        answers.append(shown_text(world.message(await ask(world, "who said the mission isn't over?"))))
    assert await rebuilding.wait() == 0
    assert answers
    assert [answer for answer in answers if "Heather Nauert" not in answer] == []


async def test_an_article_added_beside_the_running_bot_is_answered_from(world, archive, tmp_path):
    assert "Brask" not in shown_text(world.message(await ask(world, "who said nobody has lit the lamp?")))
    (tmp_path / "orvik.md").write_text(NEW_ARTICLE)
    await ingest_into(archive, [tmp_path / "orvik.md"])
    await asyncio.sleep(5)
    assert "Tilda Brask" in shown_text(world.message(await ask(world, "who said nobody has lit the lamp?")))
