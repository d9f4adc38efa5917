"""People of the soak, who ask through a loopback Discord and wait for their answers."""

import time
from collections import Counter
from itertools import cycle
from typing import Any

from benchmarks.reliability.soak_newsroom import FILES
from bot.playground.shown import LOADING, buttons, shown_text
from bot.playground.world import DiscordWorld

WITHIN = 90.0
"""Seconds in which everybody must have been answered."""
THINKING = "Thinking…"
KINDS = (
    ("The archive doesn't", "declined"),
    ("Many questions are waiting", "told when to come back"),
    ("That took too long", "told that it took too long"),
    ("Something went wrong", "told that something went wrong"),
)


class People:
    """Asks questions through the loopback Discord, and notes what came of them and how soon."""

    def __init__(self, world: DiscordWorld, replies: dict[int, int]) -> None:
        """Take the messages of the bot by those that they reply to, which are filled in as they are sent."""
        self._world = world
        self._replies = replies
        self.counts: Counter[str] = Counter()
        self.acknowledged: list[float] = []
        self.answered: list[float] = []
        self._files = cycle(FILES)

    async def ask(self, kind: str, words: str) -> None:
        """Ask one question and wait for its answer."""
        begun = time.monotonic()
        message = await self._sent(kind, words)
        if message is None:
            self.counts["never acknowledged"] += 1
            return
        self.acknowledged.append(time.monotonic() - begun)
        try:
            await self._world.until(lambda: self._is_answered(message), WITHIN)
        except TimeoutError:
            self.counts["left in silence"] += 1
            return
        if kind != "add":
            self.answered.append(time.monotonic() - begun)
        card = self._world.message(message)
        self.counts[f"{kind}: {_kind_of(shown_text(card))}"] += 1
        if len(self.answered) % 50 == 0:
            await self._press(message, card)

    async def _sent(self, kind: str, words: str) -> int | None:
        match kind:
            case "mention":
                return await self._reply_to(await self._world.say(f"<@{self._world.bot_id}> {words}"))
            case "check":
                return await self._world.ask("verify", quotation=words)
            case "timeline":
                return await self._world.ask("quotes", speaker=words)
            case "add":
                return await self._world.ask("archive add", file=next(self._files))
            case _:
                return await self._world.ask("ask", question=words)

    async def _reply_to(self, message: int) -> int | None:
        try:
            await self._world.until(lambda: message in self._replies, WITHIN)
        except TimeoutError:
            return None
        return self._replies.pop(message)

    def _is_answered(self, message: int) -> bool:
        shown = self._world.message(message)
        return not shown["flags"] & LOADING and THINKING not in shown_text(shown)

    async def _press(self, message: int, card: dict[str, Any]) -> None:
        for _, identity in buttons(card)[:2]:
            await self._world.click(message, identity)
            self.counts["buttons pressed"] += 1


def _kind_of(text: str) -> str:
    return next((kind for words, kind in KINDS if words in text), "answered")
