"""What a name alone tells: its words without titles, the gender of a title or first name, whether it is an acronym."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from retrieval.text.lexicon import tagged

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
GENITIVE = re.compile(r"(?<=\w)['’‘]s\b")
MIN_NAMES_WITH_ENDING = 20
LONGEST_ACRONYM = 8
MOST_INITIALS = 24
"""Words of a name that an acronym may spell."""


def fold(text: str) -> str:
    """Return a text in lower case, without accents."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents."""
    return [fold(word) for word in WORD.findall(text)]


def without_genitive(name: str) -> str:
    """Return a name without its genitive: "Lee" of "Lee's"."""
    return GENITIVE.sub("", name)


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without genitive, titles in front and suffixes behind; at least one word."""
    words = [fold(word) for word in WORD.findall(without_genitive(name))]
    first, last = 0, len(words)
    while first < last - 1 and words[first].rstrip(".") in tagged("title"):
        first += 1
    while last - 1 > first and words[last - 1] in tagged("name_suffix"):
        last -= 1
    return tuple(words[first:last])


def title_gender(word: str) -> str | None:
    """Return the gender that a title tells, "m" or "f"; None for other words."""
    title = fold(word).rstrip(".")
    return "m" if title in tagged("male_title") else "f" if title in tagged("female_title") else None


def is_title(word: str) -> bool:
    """Return whether a word may stand before a name and is no part of it."""
    return fold(word).rstrip(".") in tagged("title")


@cache
def first_names() -> Mapping[str, str]:
    """Return the known first names, folded, each with its gender, "m" or "f"; ambiguous ones are left out."""
    lines = (
        resources.files("retrieval.text.person_names")
        .joinpath("first_names.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return dict(line.split() for line in lines)


def first_name_gender(words: Sequence[str]) -> str | None:
    """Return the gender of a full name by its first word, "m" or "f"; None for a bare surname or an unknown name."""
    if len(words) < 2:
        return None
    return first_names().get(words[0]) or first_names().get(words[0].split("-")[0])


def gender_by_ending(words: Sequence[str]) -> str | None:
    """Return the gender of nine in ten known first names that end like this one, by three letters, then by two."""
    if len(words) < 2:
        return None
    for length in (3, 2):
        if len(words[0]) <= length:
            continue
        counts = _endings().get(words[0][-length:])
        if counts and counts.total() >= MIN_NAMES_WITH_ENDING:
            likely, count = counts.most_common(1)[0]
            return likely if count >= 0.9 * counts.total() else None
    return None


@cache
def _endings() -> Mapping[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for name, gender in first_names().items():
        for length in (3, 2):
            counts.setdefault(name[-length:], Counter())[gender] += 1
    return counts


def acronym(name: str) -> str | None:
    """Return a name in capitals if it may be an acronym: two to eight letters, at least two of them capitals."""
    short = 2 <= len(name) <= LONGEST_ACRONYM and name.isalpha() and sum(c.isupper() for c in name) >= 2
    return name.upper() if short else None


def initials(name: str) -> frozenset[str]:
    """Return what may spell a name of several words, in capitals: all initials, and those of capitalised words.

    An abbreviation within the name counts in full.
    """
    words = WORD.findall(name)
    if not 1 < len(words) <= MOST_INITIALS:
        return frozenset()
    capitals = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in words if w[0].isupper())
    every = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in words)
    return frozenset((capitals.upper(), every.upper()))


def is_acronym_of(short: str, name: str) -> bool:
    """Return whether `short` spells the initials of a name; small words may be left out, capitals count in full."""
    return acronym(short) in initials(name)
