"""Follow-up questions: what "she", "that" and "and on oil prices?" mean after the last answer.

A reading is explicit (`Answer.reading` says it) and rests on the last answer's first citation alone. A question that
asks nothing of the last one is answered as if it were the first; after a "no" there is nothing to follow up.
"""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from retrieval.articles import Answer, Article, Citation, Filters, Span, SpeakerKind
from retrieval.citations import cite
from retrieval.store.archive import Archive
from retrieval.store.values import Unit

_MORE = re.compile(
    r"""(?:and\ |but\ )?
    (?: (?:what|anything)\ else (?:\ (?:did|does|has|have)\ (?:he|she|they|it) (?:\ to)? \ (?:say|said))?
      | (?:tell\ me\ |say\ |some\ |any\ )? more (?:\ from\ (?:him|her|them))?
      | go\ on )
    (?:\ about\ that|\ there|\ then)? (?:,?\ please)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SAME = re.compile(
    r"""(?:and\ |but\ )?
    (?: (?:when|where|who|how\ long\ ago|(?:in\ )?(?:what|which)\ (?:day|date|year|article|paper|newspaper|publisher))
        (?:\ \w+){0,3} \ (?:that|this|it) (?:\ (?:in|on|from|said|published))?
      | source | when | where | who )""",
    re.VERBOSE | re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:and (?:about |on |of )?|but |what about |how about )(?P<topic>.+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"""(?P<head> (?:and\ |but\ |so\ )?
    (?:(?:what|when|where|why|how|how\ many|how\ much)(?:\ exactly)?\ )?
    (?:did|does|do|has|have|had|was|is|will|would|can|could)\ )
    (?P<pronoun>he|she|they) (?P<rest>\ .+)""",
    re.VERBOSE | re.IGNORECASE,
)
_MORE_ABOUT = re.compile(
    r"(?:and |but )?what else did (?P<pronoun>he|she|they) say (?:about|on|of) (?P<topic>.+)", re.IGNORECASE
)
_QUESTION = re.compile(
    r"(?:who|what|when|where|why|how|which|did|does|do|has|have|had|was|is|are|were|will|would|can)\b", re.IGNORECASE
)
_TOPIC_WORDS = 8


class Answers(Protocol):
    def answer(self, question: str, filters: Filters = ..., limit: int = ...) -> Answer: ...

    def as_bold_as(self, boldness: float) -> "Answers": ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, empty where it isn't known, and what it was answered.

    `shown` are the places told so far, by article, in this exchange.
    """

    question: str
    answer: Answer
    shown: frozenset[tuple[str, Span]]

    @classmethod
    def after(cls, last: "Turn | None", question: str, answer: Answer) -> "Turn":
        """The turn that follows `last`. What was shown is remembered while the speaker stays the same.

        Of an ordinary answer only the first citation counts: the others may well be what "what else?" asks for.
        """
        turn = cls(question, answer, frozenset())
        told = answer.citations if answer.reading == _more_by(turn.speaker) else answer.citations[:1]
        shown = frozenset((citation.article.id, citation.span) for citation in told)
        return replace(turn, shown=shown | last.shown if last and last.speaker == turn.speaker else shown)

    @property
    def first(self) -> Citation | None:
        return self.answer.citations[0] if self.answer.citations else None

    @property
    def speaker(self) -> str | None:
        return self.first.speaker.name if self.first and self.first.speaker else None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers questions in the light of the turn before. As thread-safe as its collaborators."""

    archive: Archive
    answers: Answers

    def as_bold_as(self, boldness: float) -> "Conversation":
        """The same with another boldness, 0..1."""
        return replace(self, answers=self.answers.as_bold_as(boldness))

    def answer(self, question: str, last: Turn | None, filters: Filters, limit: int = 5) -> Answer:
        """`last` is None for a first question. What may be seen is decided by `filters`, whatever `last` shows."""
        asked = " ".join(question.split()).rstrip("?!. ")
        if last is None or last.first is None or last.first.article.owner not in filters.owners:
            return Answer(question, 0.0) if _MORE.fullmatch(asked) else self.answers.answer(question, filters, limit)
        if _MORE.fullmatch(asked) and last.speaker:
            return self._more(question, last, limit)
        if _SAME.fullmatch(asked):
            return self._again(question, last)
        reading = _reading(asked, last)
        if reading is None:
            return self.answers.answer(question, filters, limit)
        understood, note = reading
        return replace(self.answers.answer(understood, filters, limit), question=question, reading=note)

    def _more(self, question: str, last: Turn, limit: int) -> Answer:
        """Other words of the same speaker in the same article: first what follows the words shown, then the rest."""
        first = last.first
        found = self._still_there(first)
        if first is None or found is None:
            return Answer(question, 0.0)
        row, article = found
        said = [
            cite(article, unit.span, first.score, unit.quotation, unit.id)
            for unit in self.archive.units_of(row)
            if _said_by(unit, last.speaker) and (article.id, unit.span) not in last.shown
        ]
        said.sort(key=lambda citation: (citation.span.start < first.span.start, citation.span.start))
        confidence = last.answer.confidence if said else 0.0
        return Answer(question, confidence, said[:limit], reading=_more_by(last.speaker))

    def _again(self, question: str, last: Turn) -> Answer:
        """The words shown, once more."""
        first = last.first
        if first is None or self._still_there(first) is None:
            return Answer(question, 0.0)
        whose = f"the words of {last.speaker}" if last.speaker else "the sentence"
        return Answer(question, last.answer.confidence, (first,), reading=f"reading 'that' as {whose} above")

    def _still_there(self, shown: Citation | None) -> tuple[int, Article] | None:
        """The article that was cited, by the store's row; None where it was removed, or its text changed, since."""
        found = self.archive.find(shown.article.id, [shown.article.owner]) if shown else None
        return found if found and shown and found[1].text == shown.article.text else None


def _more_by(speaker: str | None) -> str:
    return f"more by {speaker}"


def _said_by(unit: Unit, name: str | None) -> bool:
    speaker = unit.quotation.speaker if unit.quotation else None
    return speaker is not None and speaker.name == name


def _reading(asked: str, last: Turn) -> tuple[str, str] | None:
    """The question in full, and how it was understood; None where it asks nothing of the last one."""
    speaker = last.speaker
    if (match := _MORE_ABOUT.fullmatch(asked) or _SUBJECT.fullmatch(asked)) and speaker:
        if not _may_mean(match["pronoun"].lower(), last):
            return None
        pronoun = match["pronoun"]
        note = f"reading '{pronoun}' as {speaker}"
        if match.re is _MORE_ABOUT:
            return f"what did {speaker} say about {match['topic']}?", note
        return f"{match['head']}{speaker}{match['rest']}?", note
    match = _TOPIC.fullmatch(asked) if speaker or last.question else None
    if not match or _QUESTION.match(match["topic"]) or len(match["topic"].split()) > _TOPIC_WORDS:
        return None
    if speaker:
        return f"what did {speaker} say about {match['topic']}?", f"asking what {speaker} said about {match['topic']}"
    return f"{last.question.rstrip('?! ')}, {match['topic']}?", f"asking the same of {match['topic']}"


def _may_mean(pronoun: str, last: Turn) -> bool:
    kind = last.first.speaker.kind if last.first and last.first.speaker else None
    if pronoun == "they":
        return kind in (SpeakerKind.ORGANISATION, SpeakerKind.GROUP)
    return kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED, None)
