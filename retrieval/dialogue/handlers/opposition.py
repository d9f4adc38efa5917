"""Opposition: who may disagree with a person or organisation, when it is asked who does."""

import re
from dataclasses import dataclass

from retrieval.domain import SpeakerKind
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.text.person_names.matching import name_tokens, same_name
from retrieval.text.person_names.names import is_acronym_of
from retrieval.text.polarity import contains_negation
from retrieval.text.tokens import vocabulary

_ENDS = re.compile(r"[.!?\n“”\"]")
"""What a phrase that introduces a speaker doesn't go beyond."""
_BEFORE, _BEHIND = 60, 80
"""Characters around a speaker's name in which the people of an organisation are said to be its people."""
NEGATION_BONUS = 4.0
"""Score points of words with a negation, where it is asked who disagrees; by hand."""


@dataclass(frozen=True, slots=True)
class OpposedSide:
    """The person or organisation that is disagreed with."""

    name: str

    @classmethod
    def of(cls, name: str) -> "OpposedSide":
        """Return the side of that name."""
        return cls(name.strip())

    def may_be_opponent(self, candidate: AnswerCandidate) -> bool:
        """Return whether the words are of a known speaker who is neither this side nor, as told, one of its people."""
        speaker = candidate.quotation.speaker if candidate.quotation else None
        if speaker is None or not speaker.name or speaker.kind is SpeakerKind.DOCUMENT:
            return False
        if same_name(self.name, speaker.name) or is_acronym_of(self.name.upper(), speaker.name):
            return False
        return not self._is_in(speaker.role or "") and not self._introduces(speaker.name, candidate.article.text)

    def bonus(self, candidate: AnswerCandidate) -> float:
        """Return the score points by which the words tell of disagreement."""
        return NEGATION_BONUS * contains_negation(vocabulary(candidate.text))

    def _is_in(self, phrase: str) -> bool:
        wanted = name_tokens(self.name)
        return bool(wanted) and set(wanted) <= set(name_tokens(phrase))

    def _introduces(self, name: str, text: str) -> bool:
        """Return whether the first mention of the name stands in a phrase such as "PETA's Ada Brook, coordinator"."""
        start = text.find(name)
        if start < 0:
            return False
        end = start + len(name)
        before = _ENDS.split(text[max(0, start - _BEFORE) : start])[-1]
        behind = _ENDS.split(text[end : end + _BEHIND])[0]
        return self._is_in(before) or (behind.startswith((",", " of", " at")) and self._is_in(behind))
