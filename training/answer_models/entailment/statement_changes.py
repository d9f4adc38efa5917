"""Changes that make another statement of a statement: negated, another number, another modality, roles exchanged."""

import random
import re
from collections.abc import Callable

from retrieval.text.lexicon import tagged

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AUXILIARIES = frozenset("is are was were will would could should must can may might has have had does did do".split())
_CONTRACTED = re.compile(r"\b(is|are|was|were|could|should|would|did|does|do|has|have|had|is)n['’]?t\b", re.IGNORECASE)
_OTHER_CONTRACTED = {"won't": "will", "wont": "will", "can't": "can", "cant": "can", "cannot": "can"}
_NOT = re.compile(r"\b(?:not|never) ", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/]|[.,]\d|-)")
_COUNTS = "two three four five six seven eight nine ten twelve twenty thirty fifty hundred".split()
_COUNT = re.compile(rf"\b({'|'.join([*_COUNTS, 'hundreds', 'thousands', 'millions', 'million', 'billion'])})\b")
_LARGE = {"hundreds": "thousands", "thousands": "millions", "millions": "hundreds", "million": "billion"}
_MODALS = ("will", "may", "must", "could", "should", "can", "might", "would")
_STRENGTH = {"will": 3, "must": 3, "would": 2, "should": 2, "can": 1, "could": 1, "may": 1, "might": 1}
_MODAL = re.compile(rf"\b({'|'.join(_MODALS)})\b(?! not\b|n['’]t\b)")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
StatementChange = Callable[[str, random.Random], str | None]


def negated(text: str, chance: random.Random) -> str | None:
    """Return the statement without its first negation, or with one behind its first auxiliary, or an opposite word."""
    if found := _CONTRACTED.search(text):
        return _put(text, found, found.group(1))
    for word, positive in _OTHER_CONTRACTED.items():
        if (at := text.lower().find(word)) >= 0:
            return text[:at] + positive + text[at + len(word) :]
    if found := _NOT.search(text):
        return _put(text, found, "")
    auxiliaries = [found for found in _WORD.finditer(text) if found.group().lower() in _AUXILIARIES]
    if auxiliaries:
        found = auxiliaries[0]
        return _put(text, found, found.group() + chance.choice((" not", " not", " never")))
    return None


def another_number(text: str, chance: random.Random) -> str | None:
    """Return the statement with another number in place of the first."""
    if found := _DIGITS.search(text):
        return _put(text, found, _other_digits(found.group(), chance))
    if found := _COUNT.search(text):
        word = found.group()
        return _put(text, found, _LARGE.get(word) or chance.choice([each for each in _COUNTS if each != word]))
    return None


def another_modality(text: str, chance: random.Random) -> str | None:
    """Return the statement surer or less sure than it is, where it has a modal verb."""
    found = _MODAL.search(text)
    if found is None:
        return None
    strength = _STRENGTH[found.group()]
    others = [modal for modal in _MODALS if abs(_STRENGTH[modal] - strength) >= (1 if strength > 1 else 2)]
    return _put(text, found, chance.choice(others)) if others else None


def roles_exchanged(text: str, _: random.Random) -> str | None:
    """Return the statement with its first two different names exchanged."""
    names = [found for found in _NAME.finditer(text) if found.group().lower() not in tagged("stopword")]
    if len(names) < 2 or names[0].group() == names[1].group():
        return None
    one, other = names[:2]
    between = text[one.end() : other.start()]
    if re.fullmatch(r",? (?:and|or|,) ", between) or between == ", ":
        return None
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def another_subject(text: str, donor: str) -> str | None:
    """Return the statement with the subject of `donor`: what stands before the first auxiliary of both."""
    mine, theirs = _subject(text), _subject(donor)
    if not mine or not theirs or mine.lower() == theirs.lower():
        return None
    return theirs + text[len(mine) :]


def _subject(text: str) -> str | None:
    for found in _WORD.finditer(text):
        if found.group().lower() in _AUXILIARIES:
            subject = text[: found.start()].rstrip()
            return subject if 1 <= len(subject.split()) <= 6 else None
    return None


def _other_digits(number: str, chance: random.Random) -> str:
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return str(int(number) + chance.choice((-7, -3, -2, 2, 4, 6)))
    if "." in number:
        return f"{float(number) * chance.choice((0.4, 0.6, 1.6, 2.5)):.1f}"
    value = int(number.replace(",", ""))
    other = max(1, round(value * chance.choice((0.3, 0.5, 1.5, 2, 4)))) + (value < 3) * 3
    return f"{other:,}" if "," in number else str(other)


def _put(text: str, found: re.Match[str], other: str) -> str:
    return text[: found.start()] + other + text[found.end() :]
