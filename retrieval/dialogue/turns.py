"""Turns of a conversation: a message with its answer, and what of it was shown."""

from dataclasses import dataclass, replace

from retrieval.dialogue.intents import Intent
from retrieval.domain import Answer, Article, Citation, FollowUpKind, FollowUpReading, Span


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question, empty where it isn't known, and its answer.

    `shown` are the article and span of what was cited so far, in this exchange. `intent` is the last wish of the
    message, where it was understood as one that isn't a question; `listed` how much of its list was shown. `about` is
    the full name of the person whom the citations are about, where they are nobody's words.
    """

    question: str
    answer: Answer
    shown: frozenset[tuple[str, Span]]
    intent: Intent | None = None
    listed: int = 0
    about: str | None = None

    @classmethod
    def after(cls, last: "ConversationTurn | None", question: str, answer: Answer) -> "ConversationTurn":
        """Return the turn that follows `last`. What was shown is remembered while the speaker stays the same.

        Of an ordinary answer only the first citation counts: the others may well be what "what else?" asks for.
        """
        turn = cls(
            question, answer, frozenset(), about=last.about if last and _stays_with(last.about, answer) else None
        )
        more = turn.speaker is not None and answer.reading == FollowUpReading(FollowUpKind.MORE, turn.speaker)
        told = answer.citations if more else answer.citations[:1]
        shown = frozenset((citation.article.id, citation.span) for citation in told)
        return replace(turn, shown=shown | last.shown if last and (more or last.speaker == turn.speaker) else shown)

    @property
    def first(self) -> Citation | None:
        """The first citation of the answer."""
        return self.answer.citations[0] if self.answer.citations else None

    @property
    def speaker(self) -> str | None:
        """The name of the person whom the answer is about, or else of the first citation's speaker."""
        if self.about:
            return self.about
        return self.first.speaker.name if self.first and self.first.speaker else None

    def was_shown(self, article: Article, span: Span) -> bool:
        """Return whether some of these words were shown."""
        return any(id_ == article.id and shown.overlaps(span) for id_, shown in self.shown)


def _stays_with(about: str | None, answer: Answer) -> bool:
    """Return whether an answer follows up one about a person, and is of the same person."""
    again = {FollowUpKind.MORE, FollowUpKind.AGAIN}
    return bool(about and answer.reading and answer.reading.kind in again and answer.reading.person == about)


@dataclass(frozen=True, slots=True)
class FullAnswer:
    """An answer, and the question in full that it answers."""

    answer: Answer
    asked: str
