"""Other people's questions while somebody attacks: how soon they are acknowledged and answered."""

import asyncio
import time
from collections.abc import Awaitable
from typing import TypeVar

from bot.playground.shown import LOADING, shown_text
from bot.playground.world import DiscordWorld

Result = TypeVar("Result")
ACKNOWLEDGED, ANSWERED = 1.0, 5.0
"""Seconds in which 95 of 100 questions are acknowledged and answered."""
FEWEST = 20


async def answered(world: DiscordWorld, message: int | None, within: float = 120) -> str:
    """What stands there once the bot no longer thinks."""
    assert message is not None, "not acknowledged within three seconds"
    await world.until(lambda: not world.message(message)["flags"] & LOADING, within)
    return shown_text(world.message(message))


async def added(world: DiscordWorld, within: float = 120, **given: object) -> str:
    """What somebody is told who adds a file or an address."""
    message = await world.ask("archive add", **given)
    assert message is not None
    ends = ("added.", "could not", "was there already", "went wrong", "I could not read", "Many", "too long")
    await world.until(lambda: any(end in shown_text(world.message(message)) for end in ends), within)
    return shown_text(world.message(message))


async def while_others_ask(world: DiscordWorld, question: str, attack: Awaitable[Result]) -> tuple[Result, list[str]]:
    """What comes of the attack, and the answers that others got meanwhile; they got them in time."""
    people = [world.join(f"reader {number}") for number in range(5)]
    attacking = asyncio.ensure_future(attack)
    acknowledged: list[float] = []
    finished: list[float] = []
    texts: list[str] = []
    while not attacking.done() or len(texts) < FEWEST:
        begun = time.monotonic()
        message = await world.ask("ask", question=question, asker=people[len(texts) % 5])
        acknowledged.append(time.monotonic() - begun)
        texts.append(await answered(world, message))
        finished.append(time.monotonic() - begun)
        await asyncio.sleep(0.02)
    figures = f"acknowledged {sorted(acknowledged)}, answered {sorted(finished)}"
    assert _percentile(acknowledged) < ACKNOWLEDGED, figures
    assert _percentile(finished) < ANSWERED, figures
    return await attacking, texts


def _percentile(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
