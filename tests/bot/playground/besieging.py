"""Other people's questions while somebody attacks: how soon they are acknowledged and answered."""

import asyncio
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

from bot.playground.shown import LOADING, shown_text
from bot.playground.world import DiscordWorld

Result = TypeVar("Result")
ACKNOWLEDGED, ANSWERED = 1.0, 5.0
"""Seconds in which 95 of 100 questions are acknowledged and answered."""
FEWEST = 20


async def answered(world: DiscordWorld, message: int | None, within: float = 120) -> str:
    """What stands there once the bot no longer thinks."""
    assert message is not None
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
    """What comes of the attack, and the answers that others got meanwhile; they got them in time.

    On a machine that is too busy for that already, they got them as soon as before the attack, four times over.
    """
    before = Readers(world, question)
    while len(before.acknowledged) < FEWEST // 2:
        await before.ask()
    attacking, others = asyncio.ensure_future(attack), Readers(world, question)
    while not attacking.done() or len(others.acknowledged) < FEWEST:
        await others.ask()
    figures = f"acknowledged {sorted(others.acknowledged)}, answered {sorted(others.answered)}"
    assert percentile(others.acknowledged) < max(ACKNOWLEDGED, 4 * max(before.acknowledged)), figures
    assert percentile(others.answered) < max(ANSWERED, 4 * max(before.answered)), figures
    return await attacking, others.texts


class Readers:
    """Five people who ask one after the other; the seconds until each is acknowledged and answered, and the answers."""

    def __init__(self, world: DiscordWorld, question: str) -> None:
        self._world = world
        self._question = question
        self._people = [world.join(f"reader {number}") for number in range(5)]
        self.acknowledged: list[float] = []
        self.answered: list[float] = []
        self.texts: list[str] = []

    async def ask(self) -> None:
        begun = time.monotonic()
        person = self._people[len(self.acknowledged) % len(self._people)]
        message = await self._world.ask("ask", question=self._question, asker=person)
        self.acknowledged.append(time.monotonic() - begun)
        if message is not None:  # otherwise Discord has given up waiting, which the figures show
            self.texts.append(await answered(self._world, message))
        self.answered.append(time.monotonic() - begun)
        await asyncio.sleep(0.02)


def environments_below(process: int) -> dict[int, str]:
    """The environments of all processes below one, by their ids; those that have just ended are left out."""
    found: dict[int, str] = {}
    for children in Path(f"/proc/{process}/task").glob("*/children"):  # each thread has its own
        for child in map(int, _read(children).split()):
            found |= {child: _read(Path(f"/proc/{child}/environ"))} | environments_below(child)
    return {child: text for child, text in found.items() if text}


def _read(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""


def percentile(values: list[float]) -> float:
    """The 95th of 100."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
