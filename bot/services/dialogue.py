"""Replies to what people write, as coroutines, and the turns of their conversations."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Protocol

from cachetools import TTLCache

from bot.cards.dialogue.list_pages import ListPage
from bot.cards.references import PAGE
from bot.locales import spoken_language
from bot.services.inputs import readable
from bot.services.worker import Worker
from retrieval.dialogue.dialogue import turn_after
from retrieval.dialogue.intents import ArchiveTopic, Intent, IntentKind, ListRequest
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Citation, Filters

LIFETIME = 600.0
"""Seconds after which a conversation is forgotten."""

_REMEMBERED = 30_000_000
"""Characters of all turns together, and of all replies: an answer holds the articles that it cites."""
_OVERHEAD = 6_000
"""Characters that a turn counts for beside its articles, so that 5,000 are remembered at most."""

ANYBODY = 0
"""Stands for the person in the key of what everybody in a thread follows up."""


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Who talks, and in which channel: Discord's ids."""

    channel: int
    person: int


class Conversations:
    """Keeps at most 5,000 last turns of people, and as many of replies, each for `lifetime` seconds.

    Turns that cite long articles push older ones out.
    """

    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = lifetime
        self._turns: TTLCache[ConversationKey, ConversationTurn] = TTLCache(_REMEMBERED, lifetime, clock, _size)
        self._replies: TTLCache[int, tuple[ConversationKey, ConversationTurn]] = TTLCache(
            _REMEMBERED, lifetime, clock, lambda kept: _size(kept[1])
        )

    def recall(self, key: ConversationKey) -> ConversationTurn | None:
        """Return the last turn there, if it isn't forgotten; else the one that everybody there follows up."""
        return self._turns.get(key) or self._turns.get(replace(key, person=ANYBODY))

    def recall_reply(self, message: int, channel: int) -> ConversationTurn | None:
        """Return the turn that a message of the bot answered in a channel, if it isn't forgotten."""
        kept = self._replies.get(message)
        return kept[1] if kept and kept[0].channel == channel else None

    def remember_reply(self, message: int, key: ConversationKey) -> None:
        """Keep the last turn of `key` as the one that a message of the bot answered."""
        if turn := self._turns.get(key):
            with suppress(ValueError):  # it is too large
                self._replies[message] = (key, turn)

    def remember(self, key: ConversationKey, turn: ConversationTurn) -> None:
        """Keep a turn in place of the last one there; none where it is too large."""
        self._turns.pop(key, None)
        with suppress(ValueError):
            self._turns[key] = turn

    def of(self, person: int) -> list[str]:
        """Return the questions of a person that are still remembered."""
        return [turn.question for key, turn in self._turns.items() if key.person == person]

    def forget(self, person: int) -> None:
        """Delete the turns of a person."""
        for key in [key for key in self._turns if key.person == person]:
            self._turns.pop(key, None)
        for message in [message for message, (key, _turn) in self._replies.items() if key.person == person]:
            self._replies.pop(message, None)


def _size(turn: ConversationTurn) -> int:
    """Return the characters that a turn counts for."""
    cited = [*turn.answer.citations, *(miss.citation for miss in turn.answer.near_misses)]
    articles = {id(article): article for citation in cited for article in (citation.article, *citation.also_in)}
    return _OVERHEAD + sum(len(article.text) for article in articles.values())


class SupportsDialogue(Protocol):
    """Replies to messages; synchronous, from any thread."""

    def reply(self, message: str, last: ConversationTurn | None, filters: Filters, *, language: str) -> DialogueReply:
        """Reply to a message; `last` is the turn before, None for a first one."""
        ...

    def reply_to(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        """Reply to a wish that is understood already."""
        ...

    def as_bold_as(self, boldness: float) -> "SupportsDialogue":
        """Return the same dialogue, as unsure of its answers as `boldness`, 0..1, lets it be."""
        ...


class SupportsWholeLists(Protocol):
    """Makes whole lists; synchronous, from any thread."""

    def citations(self, request: ListRequest, filters: Filters) -> Sequence[Citation]:
        """Return all citations of a list, at most a thousand."""
        ...


class DialogueService:
    """Replies to messages, and remembers what was said: for each person in a channel, and for each posted reply."""

    def __init__(
        self, dialogue: SupportsDialogue, lists: SupportsWholeLists, conversations: Conversations, worker: Worker
    ) -> None:
        self.conversations = conversations
        self._lists = lists
        self._dialogue = dialogue
        self._run = worker.run

    async def reply(
        self,
        message: str,
        filters: Filters,
        key: ConversationKey,
        *,
        last: ConversationTurn | None = None,
        boldness: float | None = None,
    ) -> DialogueReply:
        """Reply to a message that may follow `last`; the next message of `key` may follow this one.

        Raises Refused for what holds no words, and what the worker raises.
        """
        words = readable(message)
        dialogue = self._dialogue if boldness is None else self._dialogue.as_bold_as(boldness)
        reply = await self._run(partial(dialogue.reply, words, last, filters, language=spoken_language()))
        self.conversations.remember(key, turn_after(last, words, reply))
        return reply

    async def page(self, page: ListPage, filters: Filters) -> DialogueReply:
        """Return one page of a list."""
        intent = Intent(IntentKind.LIST, "", listing=page.listing)
        return await self._reply_to(intent, filters, page.offset)

    async def whole(self, page: ListPage, filters: Filters) -> Sequence[Citation]:
        """Return all citations of a list."""
        return await self._run(partial(self._lists.citations, page.listing, filters))

    async def size(self, filters: Filters) -> DialogueReply:
        """Return how large the archive is."""
        return await self._reply_to(Intent(IntentKind.ARCHIVE, "", archive=ArchiveTopic.SIZE), filters)

    async def _reply_to(self, intent: Intent, filters: Filters, offset: int = 0) -> DialogueReply:
        today = datetime.now(UTC).date()
        context = ReplyContext(None, filters, today, spoken_language(), PAGE, offset)
        return await self._run(partial(self._dialogue.reply_to, intent, context))
