"""What strangers send to stop the bot, with its models, as processes of their own; others are answered meanwhile."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

import samples
from bot.playground.running import running_playground
from cli.playground import ingest_into
from tests.bot.playground.besieging import added, environments_below, while_others_ask

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

QUESTION, ANSWER = "who said the mission isn't over?", "Heather Nauert"
PRONOUNS = '"We open it," he said and she said '
FILES = {
    "pronouns": ("pronouns.txt", f"Title\n\n{PRONOUNS * 200}".encode()),
    "two hundred thousand pronouns": ("more.txt", f"Title\n\n{PRONOUNS * 6_000}".encode()),
    "names without end": ("names.txt", b"Title\n\n" + b"Ada Lee met Ben Park and Cora Hale. " * 5_000),
    "marks nested deep": ("deep.txt", ("Title\n\n" + "\u201cHe said \u2018" * 5_000).encode()),
    "share bars": ("share.txt", b"Title\n\nshare" + b" copy link" * 40 + b" zz"),
}


@pytest.fixture
def archive(tmp_path, monkeypatch) -> Path:
    data = tmp_path / "archive"
    with samples.as_file(samples.ARTICLES) as articles:
        asyncio.run(ingest_into(data, [articles]))
    monkeypatch.setenv("ONTHERECORD_PERSON_RATE", "10000")
    monkeypatch.setenv("ONTHERECORD_ARTICLE_TIMEOUT", "10")
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret-token")
    return data


async def test_files_that_are_hard_to_read_hold_nobody_up_and_their_readers_know_no_token(archive):
    environments: dict[int, str] = {}

    async with running_playground(archive) as playground:
        world = playground.discord.world

        async def attack() -> list[str]:
            return [await added(world, within=300, file=file) for file in FILES.values()]

        async def watch() -> None:
            while True:
                environments.update(environments_below(playground.bot.pid))
                await asyncio.sleep(0.2)

        watching = asyncio.create_task(watch())
        said, answers = await while_others_ask(world, QUESTION, attack())
        watching.cancel()
    assert all("added" in text or "could not" in text for text in said)
    assert [answer for answer in answers if ANSWER not in answer] == []
    assert len(environments) >= 2
    assert [child for child, text in environments.items() if "a-secret-token" in text] == []
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in archive.iterdir()}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


async def test_a_second_bot_on_the_archive_ends_and_the_first_goes_on(archive):
    async with running_playground(archive) as playground:
        second = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot"),
            env={**os.environ, "ONTHERECORD_DATA": str(archive)},
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await asyncio.wait_for(second.communicate(), 300)
        assert second.returncode == 1
        assert f"process {playground.bot.pid}" in errors.decode()
        answers = await while_others_ask(playground.discord.world, QUESTION, asyncio.sleep(0))
        assert all(ANSWER in answer for answer in answers[1])
