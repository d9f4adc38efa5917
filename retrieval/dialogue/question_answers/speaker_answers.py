"""Answers to questions about a speaker's words, looked for among theirs, and for whoever is only described."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.interfaces import QueryAnswerer
from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.recognition.descriptions import is_office
from retrieval.dialogue.references.described_speakers import DescribedSpeakers
from retrieval.domain import Answer, Certainty, Filters, FollowUpKind, FollowUpReading, Speaker, Verdict
from retrieval.query import Query, QueryKind
from retrieval.text.patterns import linear

_ANYBODY = linear(r"(?:did|has|have) (?:any|some|every)(?:one|body)\b", ignore_case=True)
EVERYTHING = Filters()
BOLDNESS_OF_DESCRIBED = 0.85
"""Boldness, 0..1, of an answer out of the words of the one who is described: speaker and article fit already."""
LEAST_SHARE = 0.6
"""Least share of the confidence of other words that those of the one who is described have; by hand."""
MOST_NAMES = 3
"""Most names of the archive that a name may stand for where the words of each are searched."""


@dataclass(frozen=True, slots=True)
class SpeakerAnswers:
    """Answers queries, and once more where the first words found aren't by the speaker who is asked about.

    As thread-safe as its collaborators.
    """

    answers: QueryAnswerer
    described: DescribedSpeakers
    names: ArchiveNames

    @property
    def today(self) -> Callable[[], date]:
        """The clock that anchors "last week"."""
        return self.answers.today

    def as_bold_as(self, boldness: float) -> "SpeakerAnswers":
        """Return the same with another boldness, 0..1."""
        return replace(self, answers=self.answers.as_bold_as(boldness))

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        """Return the answer, or where its first words aren't those of the speaker asked about, one that has them.

        Nobody of that name may be quoted: then it is for whoever is described so.
        """
        filters = filters or EVERYTHING
        answer = self.answers.answer_query(query, filters, limit)
        if query.kind is QueryKind.WHO_SAID and _ANYBODY.match(query.text):
            return self._by_anybody(query, filters, limit, answer)
        if query.speaker is None or filters.speaker or _is_by(query, answer):
            return answer
        called = self.names.of(filters.owners).speakers_called(answer.did_you_mean or query.speaker)
        if called and not is_office(query.speaker):
            return self._by_one_of(called, query, filters, limit, answer)
        return self._by_described(query, filters, limit, answer)

    def _by_anybody(self, query: Query, filters: Filters, limit: int, answer: Answer) -> Answer:
        """Return whether anybody said it: the verdict on the one whose words come first."""
        name = answer.citations[0].speaker.name if answer.citations and answer.citations[0].speaker else None
        if name is None:
            return replace(answer, verdict=Verdict.RELATED if answer.answered else Verdict.NOT_FOUND)
        text = f"did {name} say {query.statement}?"
        asked = replace(query, text=text, kind=QueryKind.DID_SAY, speaker=name, verb="say", description=None)
        found = self.answers.answer_query(asked, filters, limit)
        if found.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
            return replace(found, question=query.text)
        return replace(answer, verdict=Verdict.RELATED)

    def _by_one_of(self, names: Sequence[str], query: Query, filters: Filters, limit: int, answer: Answer) -> Answer:
        """Return the answer out of the words of those of the name alone, where that is surer than `answer`."""
        if query.kind is not QueryKind.WHAT_SAID or len(names) > MOST_NAMES:
            return answer
        asked = query.asked_of(answer.did_you_mean, query.speaker or "") if answer.did_you_mean else query
        found = (self.answers.answer_query(asked, replace(filters, speaker=name), limit) for name in names)
        best = max((other for other in found if other.answered), key=_worth, default=None)
        if best is None or best.confidence <= answer.confidence:
            return answer
        return replace(best, question=query.text, did_you_mean=answer.did_you_mean)

    def _by_described(self, query: Query, filters: Filters, limit: int, answer: Answer) -> Answer:
        """Return the answer for whoever is described, where it says more than `answer`."""
        meant = self.described.meant(query.speaker or "", query.statement, filters)
        found = [self._asked_of(name, query, filters, limit) for name in meant if not query.names(_speaker(name))]
        best = max(found, key=_worth, default=None)
        if best is None or not answer.answered:
            return best or answer
        return best if best.answered and best.confidence >= LEAST_SHARE * answer.confidence else answer

    def _asked_of(self, name: str, query: Query, filters: Filters, limit: int) -> Answer:
        asked = query.asked_of(name, instead_of=query.speaker or "")
        reading = FollowUpReading(FollowUpKind.PERSON, name, query.speaker)
        found = self.answers.answer_query(asked, filters, limit)
        if not found.answered and query.kind is QueryKind.WHAT_SAID:
            bold = self.answers.as_bold_as(BOLDNESS_OF_DESCRIBED)
            found = bold.answer_query(asked, replace(filters, speaker=name), limit)
        return replace(found, question=query.text, reading=reading)


def _speaker(name: str) -> Speaker:
    return Speaker(name, None, None, 1.0, Certainty.CERTAIN)


def _is_by(query: Query, answer: Answer) -> bool:
    """Whether an answer needs no other speaker: its first words are of the one who is asked about, or it is a yes."""
    if answer.verdict is not None:
        return answer.verdict is Verdict.SUPPORTED or answer.did_you_mean is not None
    speaker = answer.citations[0].speaker if answer.citations else None
    return speaker is not None and (query.names(speaker) or bool(answer.did_you_mean))


def _worth(answer: Answer) -> tuple[bool, bool, float]:
    return answer.verdict is Verdict.SUPPORTED, answer.answered, answer.confidence
