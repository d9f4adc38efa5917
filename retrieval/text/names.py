"""What can be told from a name alone: its plain words, its titles, the gender of a first name, an acronym."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from retrieval.text.lexicon import tagged

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
GENITIVE = re.compile(r"(?<=\w)['’‘]s\b")
ENOUGH_NAMES = 20


def fold(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def without_genitive(name: str) -> str:
    return GENITIVE.sub("", name)


def name_words(name: str) -> tuple[str, ...]:
    """The plain words of a name, without a genitive, titles in front and suffixes behind; never empty for a word."""
    words = [fold(word) for word in WORD.findall(without_genitive(name))]
    first, last = 0, len(words)
    while first < last - 1 and words[first].rstrip(".") in tagged("title"):
        first += 1
    while last - 1 > first and words[last - 1] in tagged("name_suffix"):
        last -= 1
    return tuple(words[first:last])


def title_gender(word: str) -> str | None:
    title = fold(word).rstrip(".")
    return "m" if title in tagged("male_title") else "f" if title in tagged("female_title") else None


def is_title(word: str) -> bool:
    return fold(word).rstrip(".") in tagged("title")


@cache
def first_names() -> Mapping[str, str]:
    """First names, plain, each with the gender that it tells: "m" or "f". Ambiguous ones are left out."""
    lines = resources.files("retrieval.text").joinpath("first_names.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def first_name_gender(words: Sequence[str]) -> str | None:
    """The gender that a full name's first word tells; a bare surname tells none."""
    if len(words) < 2:
        return None
    return first_names().get(words[0]) or first_names().get(words[0].split("-")[0])


def gender_by_ending(words: Sequence[str]) -> str | None:
    """What 9 of 10 known first names with the same last three or two letters tell."""
    if len(words) < 2:
        return None
    for length in (3, 2):
        if len(words[0]) <= length:
            continue
        counts = _endings().get(words[0][-length:])
        if counts and counts.total() >= ENOUGH_NAMES:
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


def is_acronym_of(short: str, name: str) -> bool:
    """Whether `short` spells the initials of a name; small words may be left out, capital words count in full."""
    if not (2 <= len(short) <= 8 and short.isalpha() and sum(c.isupper() for c in short) >= 2):
        return False
    wanted = short.upper()
    words = WORD.findall(name)
    capitals = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in words if w[0].isupper())
    every = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in words).upper()
    return len(words) > 1 and wanted in (capitals.upper(), every)
