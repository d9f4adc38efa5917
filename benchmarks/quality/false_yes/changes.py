"""Changes that turn what somebody said into what they didn't say: negated, another number, another modality."""

import random
import re
from collections.abc import Callable

NEGATIVE = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|hardly|without|cannot|few|little|unless|only|if)\b|n['’]t\b",
    re.IGNORECASE,
)
CONTRACTED = {"won": "will", "can": "can", "isn": "is", "aren": "are", "wasn": "was", "weren": "were"}
CONTRACTED |= {"couldn": "could", "shouldn": "should", "hasn": "has", "haven": "have", "wouldn": "would"}
AUXILIARIES = "is|are|was|were|will|would|could|should|must|can|may|might"
NOT = re.compile(rf"\b({'|'.join(CONTRACTED)})['’]t\b|\b({AUXILIARIES}|has|have) not\b")
MAIN = re.compile(
    rf"^(?:(?!(?:that|how|who|which|what|to|if|when|know|think|believe|as|when|predicted)\b)[^\W_]\S*\s+){{1,6}}?({AUXILIARIES})\b"
)
"""A subject and its auxiliary, with no other clause before it."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DIGITS = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/]|[.,]\d|-)")
WRITTEN = {
    "two": "five", "three": "seven", "four": "nine", "five": "two", "six": "three", "seven": "four", "eight": "three",
    "nine": "six", "ten": "forty", "twelve": "twenty", "fifteen": "fifty", "twenty": "sixty", "thirty": "ninety",
    "hundreds": "dozens", "thousands": "millions", "millions": "thousands", "million": "billion",
    "billion": "million", "half": "a tenth", "dozens": "thousands",
}  # fmt: skip
WRITTEN_NUMBER = re.compile(rf"\b({'|'.join(WRITTEN)})\b(?!-)")
STRONGER = {"may": "will", "might": "will", "could": "will", "should": "will", "can": "must", "must": "may"}
MODAL = re.compile(rf"\b({'|'.join(STRONGER)})\b(?! (?:not|never|only|also)\b|['’]t\b)")
Change = Callable[[str, random.Random], str | None]


def negated(text: str, _: random.Random) -> str | None:
    """Return the statement with its one negation taken away, or with one put behind its first auxiliary."""
    found = NOT.search(text)
    if found and len(NEGATIVE.findall(text)) == 1 and " but " not in text:
        return _put(text, found, found.group(2) or CONTRACTED[found.group(1)])
    main = MAIN.match(text)
    if NEGATIVE.search(text) or main is None:
        return None
    return f"{text[: main.end()]} not{text[main.end() :]}"


def other_number(text: str, chance: random.Random) -> str | None:
    """Return the statement with another number."""
    found = DIGITS.search(text)
    if found and not re.search(rf"\b(?:{MONTHS}|[A-Z][a-z]{{2}}\.) $", text[: found.start()]):
        percent = text[found.end() :].lstrip().startswith(("%", "per cent", "percent"))
        return _put(text, found, _another(found.group(), percent, chance))
    if found := WRITTEN_NUMBER.search(text):
        return _put(text, found, WRITTEN[found.group()])
    return None


def other_modality(text: str, _: random.Random) -> str | None:
    """Return the statement as a certainty or a duty where it was a possibility or a wish, and the reverse."""
    found = MODAL.search(text)
    if found is None or NEGATIVE.search(text):
        return None
    return _put(text, found, STRONGER[found.group()])


CHANGES: dict[str, Change] = {
    "negated": negated,
    "other number": other_number,
    "other modality": other_modality,
}


def _another(number: str, percent: bool, chance: random.Random) -> str:
    """Return a number of the same form that nobody would take for the other rounded."""
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return str(int(number) + chance.choice((-9, -6, -4, 3, 5, 8)))
    if "." in number:
        return f"{float(number) * chance.choice((0.5, 1.7, 3)):.1f}"
    value = int(number.replace(",", ""))
    if percent and 30 <= value <= 100:
        return str(value - chance.randrange(11, 25))
    other = value * chance.choice((2, 3, 5)) + chance.randrange(1, 4)
    return f"{other:,}" if "," in number else str(other)


def _put(text: str, found: re.Match[str], other: str) -> str:
    return text[: found.start()] + other + text[found.end() :]
