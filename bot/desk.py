"""What the bot can be asked, as coroutines: each crosses to the worker, and sees only what may be seen from there."""

from functools import partial
from typing import Protocol

from bot.errors import Refused
from bot.escaping import visible
from bot.library import Library
from bot.limits import QUESTION, QUOTATION
from bot.references import Reference
from bot.worker import Worker
from retrieval.articles import Answer, Citation, Filters
from retrieval.verifying import Verification

_MORE = 5


class Answerer(Protocol):
    """Synchronous, from any thread."""

    def answer(self, question: str, filters: Filters, limit: int = 5) -> Answer: ...


class Verifier(Protocol):
    """Synchronous, from any thread."""

    def verify(self, text: str, speaker: str | None, filters: Filters) -> Verification: ...

    def verify_message(self, message: str, filters: Filters) -> tuple[Verification, ...]: ...


class Desk:
    def __init__(self, answerer: Answerer, verifier: Verifier, library: Library, worker: Worker) -> None:
        self._answerer = answerer
        self._verifier = verifier
        self._library = library
        self.worker = worker

    async def answer(self, question: str, filters: Filters) -> Answer:
        """Raises Refused for what can't be a question, and what the worker raises."""
        return await self.worker.run(partial(self._answerer.answer, readable(question), filters))

    async def verify(self, words: str, speaker: str | None, filters: Filters) -> Verification:
        """Raises Refused for what can't be a quotation."""
        return await self.worker.run(partial(self._verifier.verify, readable(words, QUOTATION), speaker, filters))

    async def verify_message(self, message: str, filters: Filters) -> tuple[Verification, ...]:
        """A verdict on each quotation in `message`. Raises Refused for a message without words."""
        text = visible(message)
        if not has_words(text):
            raise Refused("That message has no text that I could check.")
        return await self.worker.run(partial(self._verifier.verify_message, text, filters))

    async def look_up(self, reference: Reference, owners: frozenset[str]) -> Citation:
        return await self.worker.run(partial(self._library.look_up, reference, owners))

    async def more(self, reference: Reference, owners: frozenset[str]) -> tuple[Citation, list[Citation]]:
        return await self.worker.run(partial(self._library.more, reference, owners, _MORE))


def readable(text: str, limit: int = QUESTION) -> str:
    """`text` on one line, without what can't be seen. Raises Refused if nothing is left, or too much."""
    words = " ".join(visible(text).split())
    if not has_words(words):
        raise Refused("Ask me a question, for example: who said that the talks would go on?")
    if len(words) > limit:
        raise Refused(f"That has {len(words):,} characters, and I read {limit:,}. Please shorten it.")
    return words


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
