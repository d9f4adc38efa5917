"""Numbers in words and digits as values, so that "a hundred" and "100" compare equal."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.text.lexicon import lexicon, tagged

_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that fills `start` to `stop` of a sequence of words."""

    value: float
    start: int
    stop: int


def numbers(words: Sequence[str]) -> tuple[Number, ...]:
    """Return the numbers among folded words, in order: "two hundred and fifty" and "2.5 m" are one each."""
    return tuple(_numbers(words))


def _numbers(words: Sequence[str]) -> Iterator[Number]:
    at = 0
    while at < len(words):
        found = _number_at(words, at)
        if found:
            yield found
        at = found.stop if found else at + 1


def _number_at(words: Sequence[str], start: int) -> Number | None:
    """The longest number that begins there; "a" begins one only in front of a scale."""
    opens = words[start] == "a" and start + 1 < len(words) and words[start + 1] in _scales()
    at = start + opens
    total, current, seen = 0.0, 1.0 if opens else None, False
    while at < len(words):
        word, value = words[at], _value(words[at])
        if value is not None and (current is None or (current % 100 == 0 and value < 100 and seen)):
            current = (current or 0) + value
        elif value is not None and current is not None and current >= 20 and current % 10 == 0 and 0 < value < 10:
            current += value
        elif word in _scales():
            current = (1 if current is None else current) * _scales()[word]
            if _scales()[word] >= 10**3:
                total, current = total + current, None
        elif not _joins(words, at, current, total):
            break
        seen, at = True, at + 1
    if not seen:
        return None
    if at < len(words) and words[at] in _ORDINAL_ENDINGS and words[at - 1][-1:].isdigit():
        at += 1
    return Number(total + (current or 0), start, at)


def _joins(words: Sequence[str], at: int, current: float | None, total: float) -> bool:
    """Whether the word there is the "and" of "two hundred and fifty"."""
    after_scale = (current or 0) >= 100 if current is not None else total > 0
    following = _value(words[at + 1]) if at + 1 < len(words) else None
    return words[at] == "and" and after_scale and following is not None and following < 100


def _value(word: str) -> float | None:
    if word in tagged("cardinal"):
        return float(lexicon().entries[word].number or 0)
    return float(word.replace(",", "")) if _DIGITS.fullmatch(word) and word.count(".") < 2 else None


@cache
def _scales() -> dict[str, int]:
    return {word: lexicon().entries[word].number or 1 for word in tagged("number_scale")}
