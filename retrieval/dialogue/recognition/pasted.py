"""Pasted words: a quotation with or without marks, the text of a post's screenshot, an address. Pure."""

from retrieval.answering.verification.messages import is_statement, quotations_in
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.recognition.descriptions import words_of
from retrieval.dialogue.recognition.spelling import spelt_out
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear

FEWEST_WORDS = 4
"""Fewest words between marks that are looked for as a quotation, and not as a name or title."""
FEWEST_UNMARKED = 5
"""Fewest words of a message without marks that are looked for as a quotation."""
MOST_CHECKED = 3
"""Most quotations of one message that are checked."""
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: (?:(?:de|van|der|den|von|bin|al|la) )*[A-ZÀ-ÖØ-Þ][\w.'’-]*){0,4}"
_ADDRESS = linear(r"<?(?P<address>https?://[^\s>]+)>?")
_ALARM = linear(r"(?:breaking|just in|exclusive|urgent|alert|update|wow|omg|lol)\b[^\w“\"]*", ignore_case=True)
_DAY = r"(?:on )?(?:\w{3,9}\.? \d{1,2},? ?(?:\d{4})?|\d{1,2} \w{3,9}\.? ?(?:\d{4})?|\d{4}(?:-\d\d-\d\d)?)"
_BEFORE = linear(rf"(?:.*?[\s.!?])??(?P<who>{_NAME})(?: ?\(?@\w+\)?)?(?:,? [^:“\"]{{0,60}})?[:,]? ?")
_BEHIND = linear(rf"[\s.,]*[-–—―~]*\s*(?P<who>{_NAME})(?:[,(] ?.{{2,60}})?[\s.]*")
_POSTED = linear(rf"(?P<who>{_NAME})\s+@\w{{2,}}(?:\s*[·•-]\s*.{{0,25}})?")
_FURNITURE = linear(
    r"(?:\d{1,2}:\d\d\s*(?:am|pm)?\b.*|.*\b[\d.,]+[km]?\s+(?:views?|likes?|retweets?|reposts?|replies|quotes|bookmarks)\b.*"
    rf"|@\w+|{_DAY}|[·•\s\d.,km]+|show more|follow(?:ing)?|translate post|reply|share)",
    ignore_case=True,
)
_DOUBT = linear(
    r"(?:is|was) (?:this|that|it|the quote) (?:really |actually )?(?:real|true|fake|legit|right|correct|accurate|said)?"
    r".{0,40}|(?:real|true|fake|legit)(?: or (?:not|fake|false|real))?|fact ?check(?: this)?"
    r"|(?:please )?(?:check|verify)(?: this| that| it)?.{0,20}"
    r"|did (?:he|she|they|anyone|someone) (?:really |actually )?(?:say|write|post|tweet) (?:this|that|it).{0,20}"
    r"|source|who said (?:this|that|it)",
    ignore_case=True,
)
_ASKED = linear(
    r"(?:who|what|did|does|has|was|is|why|how|when|where|which|whose|compare|show|list|find|author|writer|date|link"
    r"|article|and|also)\b",
    ignore_case=True,
)


def address_in(message: str) -> str | None:
    """Return the web address that a message consists of, apart from a few words."""
    match = _ADDRESS.search(message)
    rest = _ADDRESS.sub(" ", message) if match else ""
    return match["address"] if match and len(rest.split()) <= FEWEST_WORDS else None


def pasted_quotations(message: str) -> tuple[Intent, ...]:
    """Return an intent for each pasted quotation, with the speaker whom the message names; () for other messages.

    Words between marks inside a question ("did X say “…”?", "who said “…”?") belong to the question.
    """
    if doubted := _DOUBTED.match(message):
        message = message[doubted.end() :]
    if post := _post(message):
        return (post,)
    marked = _marked(message)
    if marked:
        return marked
    whole = " ".join(message.split())
    if is_statement(whole) and len(words_of(whole)) >= FEWEST_UNMARKED and not asks(whole):
        speaker, words = _headed(whole)
        return (Intent(IntentKind.QUOTATION, whole, words, speaker=speaker, doubt=0.5),)
    return ()


def asks(message: str) -> bool:
    """Return whether a message without quotation marks asks something."""
    spelt = spelt_out(message)
    return bool(_ASKED.match(spelt)) or any(word in _WHO for word in words_of(spelt))


def _marked(message: str) -> tuple[Intent, ...]:
    quoted = [words for words in quotations_in(message) if len(words_of(words.words)) >= FEWEST_WORDS]
    if not quoted:
        return ()
    first = message.find(quoted[0].words)
    last = message.rfind(quoted[-1].words) + len(quoted[-1].words)
    before, behind = message[: max(first - 1, 0)].strip(), message[last + 1 :].strip(" \n\"”’'»")
    before = _ALARM.sub("", before, 1) if _ALARM.match(before) else before
    asked = [part for part in (before, behind) if part and not _DOUBT.fullmatch(part.strip(" ?!.:"))]
    if before in asked and (_ASKED.match(before) or before.rstrip().endswith("?")):
        return ()
    speaker = _speaker_before(before) or _speaker_behind(behind)
    return tuple(
        Intent(IntentKind.QUOTATION, message, each.words, speaker=each.speaker or speaker)
        for each in quoted[:MOST_CHECKED]
    )


def _speaker_before(before: str) -> str | None:
    match = _BEFORE.fullmatch(before.strip()) if before.rstrip().endswith((":", ",")) else None
    return _named(match["who"]) if match else None


def _speaker_behind(behind: str) -> str | None:
    match = _BEHIND.fullmatch(behind.split("\n", maxsplit=1)[0])
    return _named(match["who"]) if match else None


def _named(who: str) -> str | None:
    months = tagged("month", "weekday")
    return None if words_of(who)[0] in months | tagged("stopword") else who


def _post(message: str) -> Intent | None:
    """Return the words of a post whose first line names its author beside a handle."""
    lines = [line.strip() for line in message.split("\n") if line.strip()]
    head = _POSTED.fullmatch(lines[0]) if len(lines) > 1 else None
    if head is None:
        return None
    words = " ".join(line for line in lines[1:] if not _FURNITURE.fullmatch(line)).strip(' "“”')
    if len(words_of(words)) < FEWEST_WORDS:
        return None
    return Intent(IntentKind.QUOTATION, message, words, speaker=head["who"])


_WHO = frozenset({"who", "what", "what's", "which", "quotes", "how", "did"})
_DOUBTED = linear(
    r"(?:real or fake|true or false|fact ?check|fake or real|is (?:this|it) (?:real|true)|quote|check(?: this)?)"
    r"\?? ?: *",
    ignore_case=True,
)
_HEADED = linear(rf"(?P<who>{_NAME}): (?P<words>.+)")


def _headed(message: str) -> tuple[str | None, str]:
    match = _HEADED.fullmatch(message)
    return (match["who"], match["words"]) if match else (None, message)
