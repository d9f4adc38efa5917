"""Conversations: follow-up questions are answered in the light of the last answer.

A reading is explicit (`Answer.reading`) and rests on the last answer's first citation alone. A question that asks
nothing of the last one is answered as a first question; after a decline there is nothing to follow up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.citations import cite
from retrieval.answering.interfaces import QueryAnswerer
from retrieval.answering.questions.understanding import normalised, understand
from retrieval.dialogue.follow_ups import LastAnswer, asks_again, asks_for_more, resolve
from retrieval.dialogue.intents import Intent
from retrieval.domain import Answer, Article, Citation, Filters, FollowUpKind, FollowUpReading, Span, Speaker
from retrieval.store.archive import Archive
from retrieval.store.records import Unit


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question, empty where it isn't known, and its answer.

    `shown` are the article and span of what was cited so far, in this exchange. `intent` is the last wish of the
    message, where it was understood as one that isn't a question; `listed` how much of its list was shown.
    """

    question: str
    answer: Answer
    shown: frozenset[tuple[str, Span]]
    intent: Intent | None = None
    listed: int = 0

    @classmethod
    def after(cls, last: "ConversationTurn | None", question: str, answer: Answer) -> "ConversationTurn":
        """Return the turn that follows `last`. What was shown is remembered while the speaker stays the same.

        Of an ordinary answer only the first citation counts: the others may well be what "what else?" asks for.
        """
        turn = cls(question, answer, frozenset())
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
        """The name of the first citation's speaker."""
        return self.first.speaker.name if self.first and self.first.speaker else None

    def was_shown(self, article: Article, span: Span) -> bool:
        """Return whether some of these words were shown."""
        return any(id_ == article.id and shown.overlaps(span) for id_, shown in self.shown)


@dataclass(frozen=True, slots=True)
class FollowedAnswer:
    """The first citation of the last answer, its article as it still stands, the article's units, and the speaker."""

    citation: Citation
    article: Article
    units: Sequence[Unit]
    speaker: Speaker | None

    @property
    def name(self) -> str | None:
        """The speaker's name."""
        return self.speaker.name if self.speaker else None

    @property
    def others(self) -> Iterable[str]:
        """The names of the article's other speakers, in order."""
        names = (speaker.name for unit in self.units if (speaker := _speaker(unit)) and speaker.name)
        return (name for name in dict.fromkeys(names) if name != self.name)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers questions in the light of the turn before. As thread-safe as its collaborators."""

    archive: Archive
    answers: QueryAnswerer

    def as_bold_as(self, boldness: float) -> "Conversation":
        """Return the same conversation with another boldness, 0..1."""
        return replace(self, answers=self.answers.as_bold_as(boldness))

    def today(self) -> date:
        """Return the day that anchors "last week" where no other is given."""
        return self.answers.today()

    def asks_for_more(self, message: str) -> bool:
        """Return whether a message asks for more of what came before, without naming anybody."""
        return asks_for_more(normalised(message), None)

    def refers_back(self, message: str) -> bool:
        """Return whether a message asks something of the answer before it."""
        asked = normalised(message)
        return asks_for_more(asked, None) or asks_again(asked)

    def answer(
        self,
        question: str,
        last: ConversationTurn | None,
        filters: Filters,
        limit: int = 5,
        *,
        today: date | None = None,
    ) -> Answer:
        """Return the answer; `last` is None for a first question.

        What may be seen is decided by `filters`, whatever `last` shows. `today` anchors "last week".
        """
        today = today or self.today()
        asked = normalised(question)
        first = last.first if last and last.first and last.first.article.owner in filters.owners else None
        followed = self._followed(first) if first else None
        if last is None or followed is None:
            of_nothing = asks_for_more(asked, None) or (first is not None and asks_again(asked))
            return Answer(question, 0.0) if of_nothing else self._alone(question, filters, limit, today)
        if asks_for_more(asked, followed.speaker):
            return _more(question, last, followed, limit) if followed.name else Answer(question, 0.0)
        if asks_again(asked):
            reading = FollowUpReading(FollowUpKind.AGAIN, followed.name)
            return Answer(question, last.answer.confidence, (followed.citation,), reading=reading)
        return self._resolved(question, last, followed, filters, limit, today)

    def _alone(self, question: str, filters: Filters, limit: int, today: date) -> Answer:
        return self.answers.answer_query(understand(question, today), filters, limit)

    def _resolved(  # noqa: PLR0913, PLR0917
        self,
        question: str,
        last: ConversationTurn,
        followed: FollowedAnswer,
        filters: Filters,
        limit: int,
        today: date,
    ) -> Answer:
        before = understand(last.question, today) if last.question else None
        resolved = resolve(normalised(question), LastAnswer(before, followed.speaker, followed.others), today)
        if resolved is None:
            return self._alone(question, filters, limit, today)
        answer = self.answers.answer_query(resolved.query, filters, limit)
        return replace(answer, question=question, reading=resolved.reading)

    def _followed(self, first: Citation) -> FollowedAnswer | None:
        """None where the article was removed since, or its text changed."""
        found = self.archive.find(first.article.id, [first.article.owner])
        if found is None or found[1].text != first.article.text:
            return None
        units = self.archive.units_of(found[0])
        return FollowedAnswer(first, found[1], units, first.speaker or _only_speaker(units, first.span))


def _more(question: str, last: ConversationTurn, followed: FollowedAnswer, limit: int) -> Answer:
    """Other words of the same speaker in the same article: first what follows the words shown, then the rest."""
    article, shown = followed.article, followed.citation
    said = [
        cite(article, unit.span, shown.score, unit.quotation, unit.id)
        for unit in followed.units
        if (speaker := _speaker(unit)) and speaker.name == followed.name and not last.was_shown(article, unit.span)
    ]
    said.sort(key=lambda citation: (citation.span.start < shown.span.start, citation.span.start))
    confidence = last.answer.confidence if said else 0.0
    reading = FollowUpReading(FollowUpKind.MORE, followed.name)
    return Answer(question, confidence, said[:limit], reading=reading)


def _only_speaker(units: Sequence[Unit], span: Span) -> Speaker | None:
    """The speaker of what is quoted in a cited sentence, where there is only one."""
    quoted = [speaker for unit in units if span.overlaps(unit.span) and (speaker := _speaker(unit))]
    return quoted[0] if quoted and len({speaker.name for speaker in quoted}) == 1 else None


def _speaker(unit: Unit) -> Speaker | None:
    return unit.quotation.speaker if unit.quotation else None
