"""Follow-up questions: what one asks for, and its full query, after an answer with a speaker's words. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from retrieval.answering.questions.understanding import speech_about, understand, with_topic
from retrieval.domain import FollowUpKind, FollowUpReading, Speaker, SpeakerKind
from retrieval.query import Query, QueryKind
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.matching import names_speaker, same_name

_WORDS = r"(?:words|quotes|quotations|statements)"
_MORE = linear(
    r"(?:and |but |so )?"
    r"(?:(?:what|anything|something) (?:else|more)(?: (?:did|does|do|has|have) (?P<who>.+?) (?:to )?(?:say|says|said))?"
    r"|(?:did|does|do|has|have) (?P<asked>he|she|they|it) (?:say|said) (?:anything|something) (?:else|more)"
    rf"|(?:tell me |say |some |any )?more(?: {_WORDS})?|(?:any |some )?other {_WORDS}"
    r"|(?:another|one more) (?:one|quote|quotation|statement)|go on|continue)"
    r"(?: (?:from|by|of) (?P<by>.+?))?(?: about that| there| then)?(?:,? please)?",
    ignore_case=True,
)
_AGAIN = re.compile(
    r"""(?:and\ |but\ |so\ )? (?!who\ else\b)
    (?: (?:when|where|who|how\ long\ ago|(?:in\ |on\ )?(?:what|which)\ (?:day|date|year|article|paper|newspaper
          |publisher|publication|outlet|source|page|site))
        (?:\ exactly)?
        (?: (?:\ (?:was|were|is|are|did|do|does|can|could|has|have))?
            (?: (?:\ \w+){0,3} \ (?:say|says|said|tell|told|write|wrote|read|find|get|see|publish|published
                |print|printed|report|reported|quote|quoted) )?
            \ (?:that|this|it|so) (?:\ (?:in|on|at|from|said|published|printed|reported))? )?
      | (?:what['’]s|what\ is|what\ was|who['’]s)\ (?:the|your|its)\ (?:source|date|day|link|publisher|article)
      | source | link | date )""",
    re.VERBOSE | re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:and (?:(?:what |how )?about |on |of )?|but |what about |how about )(?P<topic>.+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"""(?P<head> (?:and\ |but\ |so\ )?
    (?:(?:what|when|where|why|how|how\ many|how\ much|who|whom)(?:\ exactly)?\ )?
    (?:did|does|do|has|have|had|was|were|is|are|will|would|can|could)\ )
    (?P<pronoun>he|she|they) (?P<rest>\ .+)""",
    re.VERBOSE | re.IGNORECASE,
)
_MORE_ABOUT = re.compile(
    r"(?:and |but )?what else (?:did|does|has|have) (?P<pronoun>he|she|they) (?:say|says|said) (?:about|on|of) "
    r"(?P<topic>.+)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:who|what|when|where|why|how|which|did|does|do|has|have|had|was|is|are|were|will|would|can)\b", re.IGNORECASE
)
_TOPIC_WORDS = 8
"""Most words that a topic has; a longer follow-up is a question of its own."""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What a follow-up may refer to.

    `question` is what was asked, None where it isn't known; `speaker` the one whose words were cited; `others` are the
    names of the article's other speakers.
    """

    question: Query | None
    speaker: Speaker | None
    others: Iterable[str] = ()

    @property
    def name(self) -> str | None:
        """The speaker's name."""
        return self.speaker.name if self.speaker else None


@dataclass(frozen=True, slots=True)
class ResolvedFollowUp:
    """A follow-up as a query of its own, and how it was read."""

    query: Query
    reading: FollowUpReading


def asks_for_more(asked: str, speaker: Speaker | None) -> bool:
    """Return whether more words are asked for: of nobody in particular, by a pronoun, or of `speaker` by name."""
    match = _MORE.fullmatch(asked)
    if match is None:
        return False
    named = match["who"] or match["asked"] or match["by"] or ""
    return not named or named.lower() in tagged("anaphoric_pronoun") or bool(speaker and names_speaker(named, speaker))


def asks_again(asked: str) -> bool:
    """Return whether it is asked when, where or by whom the last words were said or published."""
    return _AGAIN.fullmatch(asked) is not None


def resolve(asked: str, last: LastAnswer, today: date) -> ResolvedFollowUp | None:
    """Return the full query of a follow-up; None for what asks nothing of the last answer.

    `asked` comes with single spaces and without its question mark; `today` anchors "last week".
    """
    match = _MORE_ABOUT.fullmatch(asked) or _SUBJECT.fullmatch(asked)
    if match and last.speaker and last.name:
        return _with_pronoun(match, last.speaker, last.name, today)
    match = _TOPIC.fullmatch(asked) if last.name or last.question else None
    if not match or _QUESTION.match(match["topic"]) or len(match["topic"].split()) > _TOPIC_WORDS:
        return None
    return _of_another(match["topic"], last) or _on_topic(match["topic"], last, today)


def _with_pronoun(match: re.Match[str], speaker: Speaker, name: str, today: date) -> ResolvedFollowUp | None:
    pronoun = match["pronoun"]
    if not _may_mean(pronoun, speaker):
        return None
    if match.re is _MORE_ABOUT:
        query = speech_about(name, match["topic"], today)
    else:
        query = understand(match.string, today).asked_of(name, instead_of=pronoun)
        if query.speaker is None:  # "they" alone names nobody
            query = understand(query.text, today)
    return ResolvedFollowUp(query, FollowUpReading(FollowUpKind.PERSON, name, pronoun))


def _of_another(named: str, last: LastAnswer) -> ResolvedFollowUp | None:
    """The last question, asked of another speaker of the article: "and the mayor?" isn't a topic."""
    question = last.question
    other = next((other for other in last.others if same_name(named, other)), None)
    if other is None or question is None or not _asks_about(question):
        return None
    query = question.asked_of(other, instead_of=question.speaker or "")
    return ResolvedFollowUp(query, FollowUpReading(FollowUpKind.SAME_QUESTION, other))


def _asks_about(question: Query) -> bool:
    """Whether it is asked what a named speaker said about a topic."""
    return bool(question.kind is QueryKind.WHAT_SAID and question.speaker and question.statement)


def _on_topic(topic: str, last: LastAnswer, today: date) -> ResolvedFollowUp | None:
    if last.name:
        reading = FollowUpReading(FollowUpKind.TOPIC, last.name, topic=topic)
        return ResolvedFollowUp(speech_about(last.name, topic, today), reading)
    if last.question is None:
        return None
    reading = FollowUpReading(FollowUpKind.SAME_QUESTION, topic=topic)
    return ResolvedFollowUp(with_topic(last.question, topic, today), reading)


def _may_mean(pronoun: str, speaker: Speaker) -> bool:
    if pronoun.lower() == "they":
        return speaker.kind in (SpeakerKind.ORGANISATION, SpeakerKind.GROUP)
    return speaker.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED, None)
