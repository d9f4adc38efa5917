"""What the bot can be asked, as coroutines: each crosses to the worker, and sees only what may be seen from there."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.cards.escaping import visible
from bot.cards.limits import QUESTION, QUOTATION, SPEAKER
from bot.cards.references import Reference
from bot.interactions.errors import Refused
from bot.interactions.paging import PAGE, Line
from bot.locales import _, number
from bot.services.citation_lookup import Library
from bot.services.conversations import Conversations, Place
from bot.services.name_directory import Directory
from bot.services.worker import Worker
from retrieval.answering.citation_lookup import NameCounts, Timeline
from retrieval.answering.conversation import ConversationTurn
from retrieval.answering.quotation_status import QuotationStatus
from retrieval.answering.verifier import Verification
from retrieval.domain import Answer, Article, Citation, Filters

_MORE = 5


class Answerer(Protocol):
    """Synchronous, from any thread. `last` is what was asked before, None for a first question."""

    def answer(self, question: str, last: ConversationTurn | None, filters: Filters) -> Answer: ...

    def as_bold_as(self, boldness: float) -> "Answerer":
        """The same, as unsure of its answers as `boldness`, 0..1, lets it be."""
        ...


class Verifier(Protocol):
    """Synchronous, from any thread."""

    def verify(self, text: str, speaker: str | None, filters: Filters) -> Verification: ...

    def verify_message(self, message: str, filters: Filters) -> tuple[Verification, ...]: ...


class Lookup(Protocol):
    """Synchronous, from any thread."""

    def speakers(self) -> NameCounts: ...

    def titles(self) -> NameCounts: ...

    def publishers(self) -> NameCounts: ...

    def example(self, owners: Collection[str]) -> Citation | None: ...

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline: ...

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None: ...


class Desk:
    """`speakers`, `titles` and `publishers` are for autocomplete."""

    def __init__(  # noqa: PLR0913
        self,
        answerer: Answerer,
        verifier: Verifier,
        lookup: Lookup,
        library: Library,
        *,
        conversations: Conversations,
        worker: Worker,
    ) -> None:
        self.conversations = conversations
        self.speakers = Directory(lookup.speakers, worker)
        self.titles = Directory(lookup.titles, worker)
        self.publishers = Directory(lookup.publishers, worker)
        self._lookup = lookup
        self._answerer = answerer
        self._verifier = verifier
        self._library = library
        self.worker = worker

    async def read_names(self) -> None:
        for names in (self.speakers, self.titles, self.publishers):
            await names.refresh()

    async def answer(
        self,
        question: str,
        filters: Filters,
        place: Place,
        *,
        last: ConversationTurn | None = None,
        boldness: float | None = None,
    ) -> Answer:
        """`last` is what the question may follow; the next one in `place` may follow this one.

        Raises Refused for what can't be a question, and what the worker raises.
        """
        words = readable(question)
        answerer = self._answerer if boldness is None else self._answerer.as_bold_as(boldness)
        answer = await self.worker.run(partial(answerer.answer, words, last, filters))
        self.conversations.remember(place, ConversationTurn.after(last, words, answer))
        return answer

    async def verify(self, words: str, speaker: str | None, filters: Filters) -> Verification:
        """Raises Refused for what can't be a quotation."""
        return await self.worker.run(partial(self._verifier.verify, readable(words, QUOTATION), speaker, filters))

    async def verify_message(self, message: str, filters: Filters) -> tuple[Verification, ...]:
        """A verdict on each quotation in `message`. Raises Refused for a message without words."""
        text = visible(message)
        if not has_words(text):
            raise Refused(_("That message has no text that I could check."))
        return await self.worker.run(partial(self._verifier.verify_message, text, filters))

    async def timeline(self, line: Line, filters: Filters) -> Timeline:
        speaker, topic = readable(line.speaker, SPEAKER), readable(line.topic) if line.topic else None
        filters = replace(filters, after=line.after, before=line.before)
        return await self.worker.run(partial(self._lookup.timeline, speaker, topic, filters, line.page * PAGE, PAGE))

    async def who(self, speaker: str, owners: frozenset[str]) -> Timeline:
        """Whom a name means there: the fullest name, how much is quoted, and whom else it may mean."""
        return await self.worker.run(partial(self._lookup.timeline, speaker, None, Filters(owners), 0, 0))

    async def example(self, owners: frozenset[str]) -> Citation | None:
        """A quotation to learn by; None in an archive without one."""
        return await self.worker.run(partial(self._lookup.example, owners))

    async def article(self, title: str, owners: frozenset[str]) -> tuple[Article, list[Citation]]:
        """Raises Refused if there is no article with this title."""
        found = await self.worker.run(partial(self._lookup.article, title, owners))
        if found is None:
            raise Refused(_("There is no article with that title. Choose one of those that are suggested as you type."))
        return found

    async def look_up(self, reference: Reference, owners: frozenset[str]) -> Citation:
        return await self.worker.run(partial(self._library.look_up, reference, owners))

    async def standings(self, references: Collection[Reference], owners: frozenset[str]) -> dict[str, QuotationStatus]:
        return await self.worker.run(partial(self._library.standings, references, owners))

    async def more(self, reference: Reference, owners: frozenset[str]) -> tuple[Citation, list[Citation]]:
        return await self.worker.run(partial(self._library.more, reference, owners, _MORE))


def readable(text: str, limit: int = QUESTION) -> str:
    """`text` on one line, without what can't be seen. Raises Refused if nothing is left, or too much."""
    words = " ".join(visible(text).split())
    if not has_words(words):
        raise Refused(_("Ask me a question, for example: who said that the talks would go on?"))
    if len(words) > limit:
        counted = {"given": number(len(words)), "limit": number(limit)}
        raise Refused(_("That has {given} characters, and I read {limit}. Please shorten it.", **counted))
    return words


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
