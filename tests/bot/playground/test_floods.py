"""Floods as a stranger sends them, to the real bot over real sockets, with other people's questions in between."""

import asyncio
import time
from pathlib import Path

import pytest

import samples
from bot.playground.running import running_playground
from bot.playground.shown import LOADING, shown_text
from cli.playground import ingest_into

pytestmark = pytest.mark.slow

SHORT = " ".join(f'"{letter}"' for letter in "abcdefghijklmnopqrstuvwxyz" * 2)[:196]
LONG = " ".join(f'"the {number} warplanes will be pulled out of Syria"' for number in range(60))[:2000]
QUESTIONS = ("who said the mission isn't over?", "how many warplanes will be pulled out?", "who won the World Cup?")


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("archive")
    with samples.as_file(samples.ARTICLES) as articles:
        asyncio.run(ingest_into(data, [articles]))
    return data


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def asked(world, question: str, asker) -> tuple[float, float, str]:
    """Seconds until it is acknowledged and until it is answered, and the answer."""
    begun = time.monotonic()
    message = await world.ask("ask", question=question, asker=asker)
    acknowledged = time.monotonic() - begun
    assert message is not None, "not acknowledged within three seconds"
    await world.until(lambda: not world.message(message)["flags"] & LOADING, 60)
    return acknowledged, time.monotonic() - begun, shown_text(world.message(message))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["many short quotations", "a long message"])
async def test_two_people_who_check_quotations_without_end_hold_nobody_up(archive, text):
    async with running_playground(archive) as playground:
        world = playground.discord.world
        flooders = [world.join(f"flooder {number}") for number in range(2)]
        others = [world.join(f"reader {number}") for number in range(10)]
        message = await world.say(text)
        await asked(world, QUESTIONS[0], others[0])
        done = asyncio.Event()

        async def flood(person) -> int:
            presses = 0
            while not done.is_set():
                await world.check("Check quotations", message, asker=person)
                presses += 1
                await asyncio.sleep(0.2)
            return presses

        flooding = [asyncio.create_task(flood(person)) for person in flooders]
        await asyncio.sleep(1)
        timed = [await asked(world, QUESTIONS[number % 3], others[number % 10]) for number in range(30)]
        done.set()
        presses = await asyncio.gather(*flooding)

    acknowledged, answered = [first for first, _, _ in timed], [last for _, last, _ in timed]
    figures = f"{sum(presses)} presses, acknowledged {sorted(acknowledged)}, answered {sorted(answered)}"
    assert all("took too long" not in text and "waiting" not in text for _, _, text in timed)
    assert "Heather Nauert" in timed[0][2]
    assert percentile(acknowledged, 0.95) < 1, figures
    assert percentile(answered, 0.95) < 5, figures
