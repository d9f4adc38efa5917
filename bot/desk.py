"""What the bot can be asked, as coroutines: each crosses to the worker, and sees only what may be seen from there."""

from functools import partial
from typing import Protocol

from bot.errors import Refused
from bot.escaping import visible
from bot.library import Library
from bot.limits import QUESTION
from bot.references import Reference
from bot.worker import Worker
from retrieval.articles import Answer, Citation, Filters

_MORE = 5


class Answerer(Protocol):
    """Synchronous, from any thread."""

    def answer(self, question: str, filters: Filters, limit: int = 5) -> Answer: ...


class Desk:
    def __init__(self, answerer: Answerer, library: Library, worker: Worker) -> None:
        self._answerer = answerer
        self._library = library
        self.worker = worker

    async def answer(self, question: str, filters: Filters) -> Answer:
        """Raises Refused for what can't be a question, and what the worker raises."""
        return await self.worker.run(partial(self._answerer.answer, readable(question), filters))

    async def look_up(self, reference: Reference, owners: frozenset[str]) -> Citation:
        return await self.worker.run(partial(self._library.look_up, reference, owners))

    async def more(self, reference: Reference, owners: frozenset[str]) -> tuple[Citation, list[Citation]]:
        return await self.worker.run(partial(self._library.more, reference, owners, _MORE))


def readable(question: str) -> str:
    """The question on one line, without what can't be seen. Raises Refused if nothing is left, or too much."""
    words = " ".join(visible(question).split())
    if not any(character.isalnum() for character in words):
        raise Refused("Ask me a question, for example: who said that the talks would go on?")
    if len(words) > QUESTION:
        raise Refused(f"Your question has {len(words):,} characters, and I read {QUESTION:,}. Please shorten it.")
    return words
