"""What a question asks for, and whom and when it names. Pure; nothing here decides what is found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from retrieval.domain import Certainty, Speaker
from retrieval.text.name_matching import identifying_words, name_tokens
from retrieval.text.names import first_names
from retrieval.text.roles import role_words, same_role

_SPEECH = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|th(?:ink|inks|ought)|reckon\w*|warn\w*|moan\w*|grumbl\w*|grous\w*|prais\w*"
    r"|claim\w*|argu\w*|expla\w*|insist\w*|complain\w*|jok\w*|compar\w*|liken\w*|doubt\w*|figur\w*|accus\w*|call(?:s|ed)?"
    r"|shrug\w*|wonder\w*|want\w*|confess\w*|admit\w*|den(?:y|ies|ied)|point\w* out|slam\w*|blam\w*|hint\w*|predict\w*"
    r"|swore|swear\w*|vow\w*|plead\w*|fear\w*|worr\w*|conced\w*|brush\w*|rubbish\w*|wrote|comment\w*|imagin\w*|describ\w*"
    r"|fe(?:el|els|lt)|hop(?:es|ed|ing)|believ\w*|sneer\w*|clarif\w*|notic\w*|announc\w*|stat(?:e|es|ed)|declar\w*"
    r"|suggest\w*|criticis\w*|criticiz\w*|mock\w*|dismiss\w*|reject\w*|promis\w*|pledg\w*|urg\w*|demand\w*|question\w*"
    r"|remember\w*|recall\w*|mention\w*|stress\w*|add(?:s|ed)|ask(?:s|ed)|answer\w*|repl(?:y|ies|ied)|thank\w*|hail\w*"
    r"|welcom\w*|defend\w*|attack\w*|condemn\w*|boast\w*|brag\w*|gush\w*|quip\w*|scoff\w*|lament\w*|regret\w*"
    r"|assur\w*|advis\w*|reveal\w*|disclos\w*|credit\w*|agre(?:e|es|ed)|disagre\w*|object\w*|protest\w*|maintain\w*"
    r"|acknowledg\w*|remark\w*|observ\w*|talk\w* about|sp(?:eak|oke)|refus\w*|threaten\w*|apologi\w*|label\w*|brand\w*)"
)
_DID_SAY = re.compile(
    rf"(?:(?:did|has|have|does|(?:is|was) it (?:true|right|correct) that)\s+(?P<who>.+?)\s+"
    rf"(?:really\s+|actually\s+|ever\s+|once\s+)?|(?:was|wasn['’]t|is|isn['’]t) it (?P<it>.+?) (?:who|that)\s+)"
    rf"(?P<verb>{_SPEECH})\b(?:\s+that\b)?\s*(?P<topic>.*)",
    re.IGNORECASE,
)
_WHAT_SAID = re.compile(
    rf"(?:so\s+|and\s+)?what\s+(?:else\s+)?(?:did|does|has|have|had|was|were|is)\s+(?P<who>.+?)\s+(?P<verb>{_SPEECH})\b"
    rf"(?:\s+(?:about|of|on|regarding|when))?\s*(?P<topic>.*)",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(rf"\b(?:who(?:'d|’d|'s|’s)?|which|whose|what)\b.*\b{_SPEECH}\b", re.IGNORECASE)
_PERSON_ASKED = re.compile(r".*\b(?:who|whom|whose|which (?:of|person|man|woman))\b|\bwho['’]", re.IGNORECASE)
_NUMBER = re.compile(
    r"\bhow (?:many|much|big|old|fast|long|often|far|tall|high|large|late|deep|wide|heavy|expensive|pricey|pricier)\b"
    r"|\bwhat (?:\w+ )?(?:percentage|share|slice|odds|score|proportion|number|amount|price|age|rank|ranking|bill"
    r"|speed|majority|time)\b|\bby what\b|\bhow \w+ times\b|\bwhat['’]s .*\b(?:fastest|record|highest|lowest)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:since |until |by )?when\b|.*\b(?:what|which) (?:day|date|year|month)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"where\b|.*\b(?:which|what|whose) (?:\w+ ){0,2}"
    r"(?:city|cities|towns?|country|countries|place|village|region|state|constituency)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"what(?:['’]s| is| was| are| were)? (?:the )?names?\b|which (?!one|two|three|four|five|\w+s\b)", re.IGNORECASE
)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*)\b", re.IGNORECASE)
_DAYS_AGO = re.compile(
    r"\b(?:(?P<today>today)|(?P<yesterday>yesterday)|(?P<this>this|last|past) (?P<unit>week|month|year))\b",
    re.IGNORECASE,
)


_DESCRIBED = re.compile(r"(?:the|a|an|some|one|that|this|his|her|their|our|my)\b", re.IGNORECASE)


def tells_denial(text: str) -> bool:
    return _DENIAL.search(text) is not None


class Asks(StrEnum):
    WHO_SAID = "who said"
    WHAT_SAID = "what somebody said"
    DID_SAY = "whether somebody said"
    PERSON = "who"
    NUMBER = "how many"
    DATE = "when"
    PLACE = "where"
    NAME = "which"
    OTHER = "what"

    @property
    def speech(self) -> bool:
        return self in (Asks.WHO_SAID, Asks.WHAT_SAID, Asks.DID_SAY)


@dataclass(frozen=True, slots=True)
class Question:
    """`speaker` is the person named as speaking, as the question has it; `topic` is the rest of the question.

    `since` is the first day that a "last week" may mean, with some days' grace.
    """

    text: str
    asks: Asks
    speaker: str | None
    topic: str
    since: date | None = None

    def names(self, speaker: Speaker) -> bool:
        """Whether the question names `speaker` as the one who speaks, by name or by role."""
        return self._names(speaker.name or "") or self._gives_role(speaker)

    def names_another(self, speaker: Speaker, around: str) -> bool:
        """Whether `speaker` is surely not the one whom the question names. `around` is what stands about the words.

        A probable speaker is, where nothing of the asked one's name stands there: the doubt is about others. "The
        mayor" may be anybody whose role isn't told.
        """
        if not speaker.name or self.names(speaker):
            return False
        certain = speaker.certainty is Certainty.CERTAIN
        if self._described:
            return certain and bool(speaker.role and not role_words(speaker.role) & role_words(self._who))
        return certain or not set(identifying_words(self._who)) & set(name_tokens(around))

    @property
    def statement(self) -> str:
        """`topic` without the verb that it begins with in a question whether somebody said something."""
        return re.sub(rf"^{_SPEECH}\b\s*", "", self.topic, flags=re.IGNORECASE)

    @property
    def _who(self) -> str:
        return self.speaker or ""

    @property
    def _described(self) -> bool:
        return _DESCRIBED.match(self._who) is not None

    def _names(self, name: str) -> bool:
        """The question must hold the last word of the name, and no other first name before it."""
        *firsts, surname = identifying_words(name) or [""]
        named = identifying_words(self._who)
        return bool(surname) and surname in named and not (firsts and _other_first_name(named, firsts, surname))

    def _gives_role(self, speaker: Speaker) -> bool:
        """A role may be told in part: "the mayor" of somebody who is mayor of a town, or the reverse."""
        return self._described and same_role([self._who], [told for told in (speaker.role, speaker.name) if told])

    @property
    def denies(self) -> bool:
        """Whether the words that are asked for deny something."""
        return self.asks.speech and tells_denial(self.text)

    def wishes_met(self, publisher: str | None, published: str | None) -> int:
        """How many of the question's wishes for a source and a time an article meets. What isn't known meets none."""
        return _named_as_source(self.text, publisher or "") + bool(
            self.since and published and published[:10] >= self.since.isoformat()
        )


def _other_first_name(named: Sequence[str], firsts: Sequence[str], surname: str) -> bool:
    """Only at the beginning, for "boss" is a first name too; an initial may be a short form's."""
    given = named[0] if list(named[1:2]) == [surname] and named[0] in first_names() else ""
    return bool(given) and all(given[0] != first[0] for first in firsts)


def understand(text: str, today: date) -> Question:
    """`today` anchors "last week"."""
    asked = " ".join(text.split()).rstrip("?!. ")
    asks, speaker, topic = _asked_for(asked)
    return Question(text, asks, speaker, topic, _since(asked, today))


def _asked_for(asked: str) -> tuple[Asks, str | None, str]:
    if match := _DID_SAY.fullmatch(asked):
        return Asks.DID_SAY, match["who"] or match["it"], f"{match['verb']} {match['topic']}"
    if match := _WHAT_SAID.fullmatch(asked):
        return Asks.WHAT_SAID, match["who"], match["topic"]
    if _NUMBER.search(asked):
        return Asks.NUMBER, None, asked
    if _WHO_SAID.search(asked):
        return Asks.WHO_SAID, None, asked
    for asks, pattern in ((Asks.DATE, _WHEN), (Asks.PLACE, _WHERE), (Asks.PERSON, _PERSON_ASKED), (Asks.NAME, _NAMED)):
        if pattern.match(asked):
            return asks, None, asked
    return Asks.OTHER, None, asked


def _named_as_source(asked: str, publisher: str) -> bool:
    """A publisher counts only where it is named as a source, since "bbc" may as well be what is asked about."""
    source = rf"\b(?:in|by|from|on|to|according to|told)\s+(?:the\s+)?{re.escape(publisher)}\b"
    return bool(publisher) and re.search(source, asked, re.IGNORECASE) is not None


def _since(asked: str, today: date) -> date | None:
    match = _DAYS_AGO.search(asked)
    if not match:
        return None
    if match["today"] or match["yesterday"]:
        return today - timedelta(days=1 if match["today"] else 2)
    return today - timedelta(days={"week": 14, "month": 62, "year": 730}[match["unit"].lower()])
