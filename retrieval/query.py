"""What is asked, as a value: the kind of question, whom it names, what about, and when."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from retrieval.domain import Certainty, Speaker
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.matching import holds_name, identifying_words, name_tokens
from retrieval.text.person_names.names import first_names
from retrieval.text.person_names.roles import role_words, same_role
from retrieval.text.statements.reported import asserts

DAYS_OF_YEAR = 365
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*)\b", re.IGNORECASE)
_WHO_MADE = re.compile(
    r"(?:so |and |but )?who(?:['’]s|ever)? (?:has |had |have |ever |actually |really |once )*(?P<verb>[^\W\d_]+)"
    r" (?:that )?(?P<claim>.+)",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s? ")
_DESCRIBED = re.compile(r"(?:the|a|an|some|one|that|this|his|her|their|our|my)\b", re.IGNORECASE)


class QueryKind(StrEnum):
    """What kind of answer a question asks for. The first three ask for speech."""

    WHO_SAID = "who said"
    WHAT_SAID = "what a speaker said"
    DID_SAY = "whether a speaker said"
    PERSON = "who"
    NUMBER = "how many"
    DATE = "when"
    PLACE = "where"
    NAME = "which"
    OTHER = "what"

    @property
    def speech(self) -> bool:
        """Whether words that were said are asked for."""
        return self in (QueryKind.WHO_SAID, QueryKind.WHAT_SAID, QueryKind.DID_SAY)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None is without end."""

    first: date | None
    last: date | None

    @property
    def is_year(self) -> bool:
        """Whether it is one year or more, which a fact may be of and not its article."""
        return self.first is not None and self.last is not None and (self.last - self.first).days >= DAYS_OF_YEAR - 1

    def holds(self, day: str | None) -> bool:
        """Return whether an ISO 8601 day, or moment, lies in the period; an unknown one doesn't."""
        if not day:
            return False
        begun = self.first is None or day[:10] >= self.first.isoformat()
        return begun and (self.last is None or day[:10] <= self.last.isoformat())


@dataclass(frozen=True, slots=True)
class Query:
    """One question. `text` is what the encoders read: the question as it was asked, or rendered in full.

    `statement` is what is asked about: what was said, or the whole question where no speaker is named. `speaker` is the
    person named as speaking, in the question's own words, and `verb` how that person is asked to have said it, kept
    for DID_SAY alone. `period` is the one that "in March 2023" or "last week" mean, the latter with some days' grace.
    `description` are the words by which the question describes the speaker: "oklahoma republican".
    """

    text: str
    kind: QueryKind
    statement: str
    speaker: str | None = None
    verb: str | None = None
    period: Period | None = None
    description: str | None = None

    @property
    def topic(self) -> str:
        """The words that count when words are compared: the statement, with the verb where there is one."""
        return f"{self.verb} {self.statement}" if self.verb else self.statement

    @property
    def claim(self) -> str | None:
        """What was said, where it is asked who said it: "the dam is safe" of "who said the dam is safe?"."""
        match = _WHO_MADE.match(self.statement) if self.kind is QueryKind.WHO_SAID else None
        return match["claim"] if match and asserts(match["verb"]) else None

    @property
    def denies(self) -> bool:
        """Whether the words that are asked for deny something."""
        return self.kind.speech and tells_denial(self.text)

    def asked_of(self, name: str, instead_of: str) -> "Query":
        """Return the same question with `name` where `instead_of` is named first, a pronoun or another speaker."""
        named = re.compile(rf"(?<!\w){re.escape(instead_of)}(?!\w)", re.IGNORECASE)

        def renamed(text: str) -> str:
            return named.sub(lambda _: name, text, count=1)

        text = f"{renamed(self.text.rstrip('?! '))}?"
        if self.speaker is None:
            return replace(self, text=text, statement=renamed(self.statement))
        return replace(self, text=text, speaker=renamed(self.speaker))

    def names(self, speaker: Speaker) -> bool:
        """Whether the question names `speaker` as the one who speaks, by name or by role."""
        return holds_name(self._asked_name, speaker.name or "") or self._has_role(speaker)

    def names_another(self, speaker: Speaker, around: str) -> bool:
        """Whether `speaker` is surely not the one whom the question names; `around` is the text about the words.

        A speaker who is only probable counts too where nothing of the asked name stands there: the doubt is about
        others. "The mayor" may be anybody whose role isn't known.
        """
        if not speaker.name or self.names(speaker):
            return False
        certain = speaker.certainty is Certainty.CERTAIN
        if self.describes_speaker:
            return certain and bool(speaker.role and not role_words(speaker.role) & role_words(self._asked_name))
        return certain or not _named_in(self._asked_name, around)

    def may_be_namesake(self, speaker: Speaker) -> bool:
        """Whether the question gives a first name that may be another one than the speaker's: a relative's."""
        if not speaker.name or self.describes_speaker:
            return False
        *firsts, surname = identifying_words(speaker.name) or [""]
        asked = identifying_words(self._asked_name)
        if not firsts or surname not in asked:
            return False
        given = [word for word in asked[: asked.index(surname)] if word not in role_words(speaker.role or "")]
        named = [word for word in given if word in first_names() or len(given) == 1]
        return bool(named) and not any(_same_first_name(word, first) for word in named for first in firsts)

    def wishes_met(self, publisher: str | None, published: str | None, said_on: str | None = None) -> int:
        """Return how many of the wishes for a source and a period words meet, 0..2; unknown values meet none.

        The day on which they were said counts, or else the article's.
        """
        within = self.period is not None and self.period.holds(said_on or published)
        return _names_source(self.text, publisher or "") + within

    def misses_period(self, published: str | None, said_on: str | None, article_text: str) -> bool:
        """Return whether words were surely neither said nor published in the period that is asked about.

        An article that names the year of the period may look back at it.
        """
        days = [day for day in (said_on, published) if day]
        if self.period is None or not days or any(map(self.period.holds, days)):
            return False
        years = {str(end.year) for end in (self.period.first, self.period.last) if end}
        return not any(year in article_text for year in years)

    @property
    def _asked_name(self) -> str:
        return self.speaker or ""

    @property
    def describes_speaker(self) -> bool:
        """Whether the speaker is given by a role ("the mayor") rather than by a name."""
        return _DESCRIBED.match(self._asked_name) is not None or _tells_role(self._asked_name)

    def _has_role(self, speaker: Speaker) -> bool:
        """A part of the role is enough: "the mayor" names the mayor of a town, and the reverse."""
        roles = [known for known in (speaker.role, speaker.name) if known]
        return self.describes_speaker and same_role([self._asked_name], roles)


def _tells_role(name: str) -> bool:
    """Whether a phrase without an article says what a person is: "united boss", "lee's mother"; not "John King"."""
    parts = name_tokens(name)
    told = len(identifying_words(name)) > 1 and parts[-1] in tagged("person_noun")
    return told and (parts[0] not in first_names() or _OWNED.search(name) is not None)


def tells_denial(text: str) -> bool:
    """Whether `text` holds a verb of denial."""
    return _DENIAL.search(text) is not None


def _named_in(name: str, text: str) -> bool:
    return bool(set(identifying_words(name)) & {word.replace("-", "") for word in name_tokens(text)})


def _same_first_name(one: str, other: str) -> bool:
    """Whether one is the other, its beginning, or its initial."""
    return one.startswith(other) or other.startswith(one)


def _names_source(question: str, publisher: str) -> bool:
    """A publisher counts only where it is named as a source, since "bbc" may as well be what is asked about."""
    source = rf"\b(?:in|by|from|on|to|according to|told)\s+(?:the\s+)?{re.escape(publisher)}\b"
    return bool(publisher) and re.search(source, question, re.IGNORECASE) is not None
