"""What a message leaves out, taken from the question before it: "and sanofi?", "sorry, i meant andy". Pure."""

from dataclasses import dataclass
from datetime import date

from retrieval.answering.questions.understanding import speech_about, understand
from retrieval.dialogue.recognition.descriptions import is_office, is_surely_name, words_of
from retrieval.dialogue.recognition.known_names import KnownNames
from retrieval.domain import FollowUpKind, FollowUpReading
from retrieval.query import Query, QueryKind
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.names import first_names

_SORRY = r"(?:(?:no|nope|sorry|oh|oops|wait|actually|hm+|ah|my bad)[,.! ]+)*"
_NOT_THIS = r"not (?:(?:that|this) (?:one|guy|person|woman|man)|him|her)"
_ONE = r"(?:one|guy|person|man|woman|speaker|quote|quotation|article|answer)"
_CORRECTION = linear(
    rf"{_SORRY}(?:(?:i|we) (?:really )?(?:meant?|was asking about|were asking about)|make that|rather"
    r"|not (?:him|her|that one|them)[,.]? (?:but )?) (?P<name>.+)"
    r"|(?:(?:no|nope|sorry|oops|actually)[,.! ]+)+(?P<name2>[^,]{2,40}?)(?:,? (?:not .+|i mean|instead))?"
    r"|(?P<name3>[^,]{2,40}?),? (?:i (?:mean|meant)|instead|not (?:him|her))",
    ignore_case=True,
)
_OTHER = linear(
    rf"{_SORRY}(?:{_NOT_THIS}(?:[,. ]+|$))?(?:i (?:meant?|want) )?(?:the |an)?other {_ONE}"
    rf"|{_SORRY}(?:{_NOT_THIS}|wrong {_ONE})",
    ignore_case=True,
)
_AND_ANOTHER = linear(
    r"(?:and|what about|how about|and what about|and how about|also)(?: from| by)? (?P<name>.+)", ignore_case=True
)
_POINTING = linear(
    r"(?:(?:back )?(?:to|about|on|of|in response to|in reply to|regarding) )?"
    r"(?:that|this|it|these|those|the same(?: thing)?)",
    ignore_case=True,
)
_OBJECT = linear(r"\b(?:him|them)\b|\bher$", ignore_case=True)
_WHY = linear(r"(?:and |but |so )?(?:why|how come|why(?: is| was)? that|why so|why not)", ignore_case=True)


@dataclass(frozen=True, slots=True)
class CompletedQuestion:
    """A question in full, and how it was read."""

    query: Query
    reading: FollowUpReading


def wants_another(asked: str) -> bool:
    """Return whether another than the answer shown is meant: "no, the other one"."""
    return _OTHER.fullmatch(asked) is not None


def asks_why(asked: str) -> bool:
    """Return whether it is asked why, and nothing else: more of the same words may tell."""
    return _WHY.fullmatch(asked) is not None


def completed(
    asked: str, before: Query, speaker: str | None, known: KnownNames, today: date
) -> CompletedQuestion | None:
    """Return a message in full, by the question `before` it; None where nothing is left out that was named there.

    `speaker` is the one whose words answered that question. `asked` comes with single spaces and without its question
    mark.
    """
    return (
        _corrected(asked, before, known, today)
        or _of_another(asked, before, known)
        or _on_the_same(asked, before, today)
        or _about_the_speaker(asked, speaker, today)
    )


def _corrected(asked: str, before: Query, known: KnownNames, today: date) -> CompletedQuestion | None:
    match = _CORRECTION.fullmatch(asked)
    if match is None or before.speaker is None:
        return None
    named = (match["name"] or match["name2"] or match["name3"]).strip()
    if _may_speak(named, known) or words_of(named)[0] in first_names():
        return _asked_of(before, _in_full(named, before.speaker))
    if before.kind is QueryKind.WHAT_SAID and (match["name"] or "").strip():
        query = speech_about(before.speaker, named, today)
        return CompletedQuestion(query, FollowUpReading(FollowUpKind.TOPIC, before.speaker, topic=named))
    return None


def _in_full(named: str, instead_of: str) -> str:
    """Return "andy murray" for "andy" in place of "jamie murray"."""
    words = instead_of.split()
    alone = " " not in named and named.lower() in first_names()
    return f"{named} {words[-1]}" if alone and len(words) > 1 and words[0].lower() in first_names() else named


def _of_another(asked: str, before: Query, known: KnownNames) -> CompletedQuestion | None:
    """The question before, asked of somebody else whom the archive quotes: "and sanofi?"."""
    match = _AND_ANOTHER.fullmatch(asked)
    if match is None or before.speaker is None or not before.kind.speech:
        return None
    named = match["name"]
    if words_of(named)[0] in tagged("stopword") - tagged("article"):
        return None
    return _asked_of(before, named) if _may_speak(named, known) else None


def _asked_of(before: Query, name: str) -> CompletedQuestion:
    query = before.asked_of(name, instead_of=before.speaker or "")
    return CompletedQuestion(query, FollowUpReading(FollowUpKind.SAME_QUESTION, name))


def _on_the_same(asked: str, before: Query, today: date) -> CompletedQuestion | None:
    """What somebody else said "to that", or with "and" in front to nothing in particular: the topic before."""
    query = understand(asked, today)
    topic = before.statement
    if query.kind is not QueryKind.WHAT_SAID or query.speaker is None or not topic:
        return None
    if _is_pronoun(query.speaker) or query.period is not None:
        return None
    open_end = not query.statement and asked.lower().startswith("and ")
    if not open_end and not _POINTING.fullmatch(query.statement):
        return None
    full = speech_about(query.speaker, topic, today)
    return CompletedQuestion(full, FollowUpReading(FollowUpKind.TOPIC, query.speaker, topic=topic))


def _about_the_speaker(asked: str, speaker: str | None, today: date) -> CompletedQuestion | None:
    """What somebody said about "him": about the one whose words were shown."""
    query = understand(asked, today)
    if speaker is None or query.speaker is None or _is_pronoun(query.speaker) or not query.kind.speech:
        return None
    match = _OBJECT.search(query.statement)
    if match is None:
        return None
    full = understand(query.text.replace(match[0], speaker, 1), today)
    return CompletedQuestion(full, FollowUpReading(FollowUpKind.PERSON, speaker, match[0]))


def _is_pronoun(name: str) -> bool:
    return name.lower() in tagged("anaphoric_pronoun")


def _may_speak(name: str, known: KnownNames) -> bool:
    return known.is_speaker(name) or is_office(name) or (is_surely_name(name) and " " in name)
