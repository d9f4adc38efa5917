"""Spellings of one name word: letters folded to plain Latin ones, and words that another transliteration gives."""

import re

from anyascii import anyascii
from rapidfuzz.distance import OSA

from retrieval.text.caching import cached_by_text

LONG = 7
"""Letters of a word from which one edit leaves little doubt."""
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("dj", "d"))
"""Letters with a mark, and how they are written without it."""
_SHORTEST_WITH_DIGRAPH = 5
_CLASSES = str.maketrans("yjewqcz", "iiavkks", "h")
_VOWELS = str.maketrans("ou", "aa")
_DOUBLED = re.compile(r"(.)\1+")


@cached_by_text()
def plain(text: str) -> str:
    """Return a text in lower case and Latin letters without marks and apostrophes: "odwyer" of "O’Dwyer"."""
    latin = text if text.isascii() else "".join(c if c in "“”„«»–—" else anyascii(c) for c in text)
    return _APOSTROPHES.sub("", latin).casefold()


@cached_by_text()
def spelling_key(word: str) -> str:
    """Return what two spellings of a plain word share where one writes a mark with a second letter: "muller"."""
    if len(word) < _SHORTEST_WITH_DIGRAPH:
        return word
    for two, one in _DIGRAPHS:
        word = word.replace(two, one)
    return word


@cached_by_text()
def sound_key(word: str) -> str:
    """Return what every transliteration of a plain word shares: letters of one sound alike, none doubled, no h."""
    alike = spelling_key(word).translate(_CLASSES).replace("d", "t").translate(_VOWELS)
    return _DOUBLED.sub(r"\1", alike)


def same_word(one: str, other: str) -> bool:
    """Return whether two plain words are one, but for letters with marks."""
    return one == other or spelling_key(one) == spelling_key(other)


def same_long_word(one: str, other: str) -> bool:
    """Return whether two plain words are one, or long ones of one sound a letter apart: "Horodetsky", "Horodetskyi".

    Another last letter is another name, except y and i: "Gonzales" is not "Gonzalez".
    """
    if same_word(one, other):
        return True
    if max(len(one), len(other)) < LONG or sound_key(one) != sound_key(other) or OSA.distance(one, other) != 1:
        return False
    return len(one) != len(other) or one[-1] == other[-1] or {one[-1], other[-1]} == {"y", "i"}


def near_word(one: str, other: str) -> bool:
    """Return whether two plain words are a letter apart, or two in ten, and so one of them may be mistyped."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 9 else 2
    return same_word(one, other) or (one[:1] == other[:1] and OSA.distance(one, other, score_cutoff=allowed) <= allowed)
