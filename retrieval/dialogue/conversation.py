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
from retrieval.dialogue.recognition.known_names import NOBODY_KNOWN, KnownNames
from retrieval.dialogue.references.follow_ups import LastAnswer, asks_again, asks_for_more, resolve
from retrieval.dialogue.references.omissions import asks_why, completed, wants_another
from retrieval.dialogue.turns import ConversationTurn, FullAnswer
from retrieval.domain import (
    Answer,
    Article,
    Certainty,
    Citation,
    Filters,
    FollowUpKind,
    FollowUpReading,
    Span,
    Speaker,
    SpeakerKind,
)
from retrieval.query import Query
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.person_names.matching import same_name


@dataclass(frozen=True, slots=True)
class FollowedAnswer:
    """The first citation of the last answer, its article as it still stands, the article's units, and the speaker.

    `about` tells that the citation isn't the speaker's words, but about them; the article may have another spelling of
    the name then.
    """

    citation: Citation
    article: Article
    units: Sequence[Unit]
    speaker: Speaker | None
    about: bool = False

    @property
    def name(self) -> str | None:
        """The speaker's name."""
        return self.speaker.name if self.speaker else None

    @property
    def others(self) -> Iterable[str]:
        """The names of the article's other speakers, in order."""
        names = (speaker.name for unit in self.units if (speaker := _speaker(unit)) and speaker.name)
        return (name for name in dict.fromkeys(names) if not self.is_name(name))

    def is_name(self, name: str | None) -> bool:
        """Return whether `name` is the speaker's."""
        same = bool(self.about and self.name and name) and same_name(self.name or "", name or "")
        return same or name == self.name


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

    def answer(self, question: str, last: ConversationTurn | None, filters: Filters, limit: int = 5) -> Answer:
        """Return the answer to a question of today; see `answer_in_full`."""
        return self.answer_in_full(question, last, filters, limit, today=self.today()).answer

    def answer_in_full(  # noqa: PLR0913  what a question stands in
        self,
        question: str,
        last: ConversationTurn | None,
        filters: Filters,
        limit: int = 5,
        *,
        today: date,
        known: KnownNames = NOBODY_KNOWN,
    ) -> FullAnswer:
        """Return the answer, with the question as it was understood; `last` is None for a first question.

        What may be seen is decided by `filters`, whatever `last` shows. `today` anchors "last week"; `known` tells
        other speakers from topics.
        """
        asked = normalised(question)
        first = last.first if last and last.first and last.first.article.owner in filters.owners else None
        followed = self._followed(last, filters) if last else None
        if last and wants_another(asked):
            return FullAnswer(self._another(question, last, filters), last.question)
        if last and last.question:
            before = understand(last.question, today)
            full = completed(asked, before, followed.name if followed else None, known, today)
            if full:
                return self._full(question, full.query, full.reading, filters, limit)
        if last is None or followed is None:
            of_nothing = asks_for_more(asked, None) or (first is not None and asks_again(asked))
            answer = Answer(question, 0.0) if of_nothing else self._alone(question, filters, limit, today)
            return FullAnswer(answer, question)
        return self._followed_up(question, last, followed, filters, limit, today)

    def _followed_up(  # noqa: PLR0913, PLR0917
        self,
        question: str,
        last: ConversationTurn,
        followed: FollowedAnswer,
        filters: Filters,
        limit: int,
        today: date,
    ) -> FullAnswer:
        asked = normalised(question)
        if asks_why(asked) or asks_for_more(asked, followed.speaker):
            more = _more(question, last, followed, limit) if followed.name else Answer(question, 0.0)
            return FullAnswer(more, last.question)
        if asks_again(asked):
            reading = FollowUpReading(FollowUpKind.AGAIN, followed.name)
            again = Answer(question, last.answer.confidence, (followed.citation,), reading=reading)
            return FullAnswer(again, last.question)
        before = understand(last.question, today) if last.question else None
        resolved = resolve(asked, LastAnswer(before, followed.speaker, followed.others), today)
        if resolved is None:
            return FullAnswer(self._alone(question, filters, limit, today), question)
        return self._full(question, resolved.query, resolved.reading, filters, limit)

    def _full(self, question: str, query: Query, reading: FollowUpReading, filters: Filters, limit: int) -> FullAnswer:
        answer = self.answers.answer_query(query, filters, limit)
        return FullAnswer(replace(answer, question=question, reading=reading), query.text)

    def _alone(self, question: str, filters: Filters, limit: int, today: date) -> Answer:
        return self.answers.answer_query(understand(question, today), filters, limit)

    def still_there(self, citation: Citation, filters: Filters) -> tuple[int, Article] | None:
        """Return the row and the article of a citation of an earlier answer.

        None where the article was removed since, its text changed, or `filters` don't let it be seen.
        """
        if citation.article.owner not in filters.owners:
            return None
        found = self.archive.find(citation.article.id, [citation.article.owner])
        return found if found and found[1].text == citation.article.text else None

    def _followed(self, last: ConversationTurn, filters: Filters) -> FollowedAnswer | None:
        found = self.still_there(last.first, filters) if last.first else None
        if last.first is None or found is None:
            return None
        units = self.archive.units_of(found[0])
        if last.about:
            speaker = Speaker(last.about, None, SpeakerKind.PERSON, 1.0, Certainty.CERTAIN)
            return FollowedAnswer(last.first, found[1], units, speaker, about=True)
        return FollowedAnswer(last.first, found[1], units, last.first.speaker or _only_speaker(units, last.first.span))

    def _another(self, question: str, last: ConversationTurn, filters: Filters) -> Answer:
        """The citations of the last answer that are of another speaker than the first, and may still be seen."""
        others = [
            citation
            for citation in (*last.answer.citations[1:], *(miss.citation for miss in last.answer.near_misses))
            if citation.speaker and citation.speaker.name != last.speaker and self.still_there(citation, filters)
        ]
        if not others:
            return Answer(question, 0.0)
        reading = FollowUpReading(FollowUpKind.SAME_QUESTION, others[0].speaker.name if others[0].speaker else None)
        return Answer(question, last.answer.confidence, others, reading=reading)


def _more(question: str, last: ConversationTurn, followed: FollowedAnswer, limit: int) -> Answer:
    """Other words of the same speaker in the same article: first what follows the words shown, then the rest."""
    article, shown = followed.article, followed.citation
    said = [
        cite(article, unit.span, shown.score, unit.quotation, unit.id)
        for unit in followed.units
        if (speaker := _speaker(unit)) and followed.is_name(speaker.name) and not last.was_shown(article, unit.span)
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
