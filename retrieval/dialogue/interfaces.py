"""What the dialogue expects of those that reply to one kind of intent."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from retrieval.dialogue.intents import Intent
from retrieval.dialogue.replies import DialogueReply
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Filters


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """Where an intent stands: the turn before, what may be seen, the day, the person's language, citations at most.

    `offset` is the number of citations that earlier pages of a list have shown.
    """

    last: ConversationTurn | None
    filters: Filters
    today: date
    language: str = "en"
    limit: int = 5
    offset: int = 0


class SupportsReply(Protocol):
    """Replies to intents of one kind; synchronous, from any thread."""

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return the reply; None where it has none, so that the message is answered as a question."""
        ...
