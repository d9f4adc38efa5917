"""What a follow-up asks for, and what it is in full, after an answer with somebody's words. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.domain import FollowUp, FollowUpReading, Speaker, SpeakerKind
from retrieval.text.lexicon import tagged
from retrieval.text.name_matching import names_speaker, same_name

_MORE = re.compile(
    r"""(?:and\ |but\ |so\ )?
    (?: (?:what|anything|something)\ (?:else|more)
        (?:\ (?:did|does|do|has|have)\ (?P<who>.+?) \ (?:to\ )? (?:say|says|said))?
      | (?:did|does|do|has|have)\ (?P<asked>he|she|they|it)\ (?:say|said)\ (?:anything|something)\ (?:else|more)
      | (?:tell\ me\ |say\ |some\ |any\ )? more (?:\ (?:words|quotes|quotations|statements))?
      | (?:any\ |some\ )? other \ (?:words|quotes|quotations|statements)
      | (?:another|one\ more)\ (?:one|quote|quotation|statement)
      | go\ on | continue )
    (?:\ (?:from|by|of)\ (?P<by>.+?))?
    (?:\ about\ that|\ there|\ then)? (?:,?\ please)?""",
    re.VERBOSE | re.IGNORECASE,
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
_ABOUT = re.compile(
    r"what (?:did|does|do|has|have) (?P<who>.+?) (?:say|said) (?P<rest>(?:about|on|of) .+)", re.IGNORECASE
)
_TOPIC_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """The question in full, and how it was understood."""

    question: str
    note: FollowUpReading


def asks_for_more(asked: str, speaker: Speaker | None) -> bool:
    """Whether more words are asked for: of nobody in particular, by a pronoun, or of `speaker` by name."""
    match = _MORE.fullmatch(asked)
    if match is None:
        return False
    named = match["who"] or match["asked"] or match["by"] or ""
    return not named or named.lower() in tagged("anaphoric_pronoun") or bool(speaker and names_speaker(named, speaker))


def asks_again(asked: str) -> bool:
    """Whether it is asked when, where or by whom the last words were said or published."""
    return _AGAIN.fullmatch(asked) is not None


def read(asked: str, last_question: str, speaker: Speaker | None, others: Iterable[str]) -> Reading | None:
    """None for what asks nothing of the last answer, with the words of `speaker`. `others` are the names of the other
    speakers of that article. `asked` comes without its mark."""
    name = speaker.name if speaker else None
    match = _MORE_ABOUT.fullmatch(asked) or _SUBJECT.fullmatch(asked)
    if match and speaker and name:
        return _with_name(match, name) if _may_mean(match["pronoun"], speaker) else None
    match = _TOPIC.fullmatch(asked) if name or last_question else None
    if not match or _QUESTION.match(match["topic"]) or len(match["topic"].split()) > _TOPIC_WORDS:
        return None
    return _of_another(match["topic"], last_question, others) or _on_topic(match["topic"], last_question, name)


def _with_name(match: re.Match[str], name: str) -> Reading:
    note = FollowUpReading(FollowUp.PERSON, name, match["pronoun"])
    if match.re is _MORE_ABOUT:
        return Reading(f"what did {name} say about {match['topic']}?", note)
    return Reading(f"{match['head']}{name}{match['rest']}?", note)


def _of_another(named: str, last_question: str, others: Iterable[str]) -> Reading | None:
    """The last question, asked of somebody else whom the article quotes: "and the mayor?" isn't a topic."""
    about = _ABOUT.fullmatch(last_question.rstrip("?! "))
    other = next((other for other in others if same_name(named, other)), None)
    if about is None or other is None:
        return None
    return Reading(f"what did {other} say {about['rest']}?", FollowUpReading(FollowUp.SAME_QUESTION, other))


def _on_topic(topic: str, last_question: str, name: str | None) -> Reading:
    if name:
        note = FollowUpReading(FollowUp.TOPIC, name, topic=topic)
        return Reading(f"what did {name} say about {topic}?", note)
    return Reading(f"{last_question.rstrip('?! ')}, {topic}?", FollowUpReading(FollowUp.SAME_QUESTION, topic=topic))


def _may_mean(pronoun: str, speaker: Speaker) -> bool:
    if pronoun.lower() == "they":
        return speaker.kind in (SpeakerKind.ORGANISATION, SpeakerKind.GROUP)
    return speaker.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED, None)
