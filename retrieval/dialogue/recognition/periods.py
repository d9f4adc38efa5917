"""The period that a message names, beyond what questions say: "before the oct 27 election". Pure."""

from datetime import date

from retrieval.answering.questions.periods import find_period
from retrieval.dialogue.recognition.known_names import KnownNames
from retrieval.query import Period
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MOMENT = rf"(?:{_DAY} (?:of )?{_MONTH}(?:,? \d{{4}})?|{_MONTH}\.? {_DAY}(?:,? \d{{4}})?|{_MONTH}(?: \d{{4}})?|\d{{4}})"
_EVENT = linear(
    r"\b(?:from )?(?P<how>before|after|since|until) (?:the |his |her |their )?(?:[\w' -]{3,40}? (?:on|of|in) )?"
    rf"(?:the )?(?P<moment>{_MOMENT})"
    r"(?P<event> (?:elections?|vote|attacks?|debate|summit|meeting|ruling|hearing|match))?",
    ignore_case=True,
)
_LONGEST_NAME = 4


def named_period(phrase: str, today: date, known: KnownNames) -> tuple[Period | None, str]:
    """Return the period that `phrase` names, and the phrase without it; None, and the phrase, where it names none.

    A word of time inside a publisher's name ("USA Today") names no period.
    """
    plain = str(_EVENT.sub(lambda match: f"{match['how']} {match['moment']}", phrase))
    period, rest = find_period(plain, today)
    if period is None:
        return None, phrase
    if _in_publisher(plain, rest, known):
        return None, phrase
    return period, rest


def _in_publisher(phrase: str, rest: str, known: KnownNames) -> bool:
    words, left = phrase.split(), set(rest.split())
    for at, word in enumerate(words):
        if word in left or word.lower() in tagged("stopword"):
            continue
        runs = (
            words[start:end]
            for start in range(max(0, at - _LONGEST_NAME + 1), at + 1)
            for end in range(at + 1, min(len(words), start + _LONGEST_NAME) + 1)
            if end - start > 1
        )
        if any(known.publisher(" ".join(run).strip(",.?")) for run in runs):
            return True
    return False
