"""Comparison of names: whether two names, or a name and a role, may mean the same person."""

import re
import unicodedata

from retrieval.domain import Speaker
from retrieval.text.lexicon import tagged

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETED = re.compile(r"\([^()]*\)")


def identifying_words(name: str) -> list[str]:
    """Return the words that tell one person from another, folded.

    Titles, honours, possessives, the dots of initials and brackets ("(R-SC)") are left out; a name that is all title
    ("the Minister") keeps its words.
    """
    every = name_tokens(_BRACKETED.sub(" ", name))
    while len(every) > 1 and every[-1] in tagged("honour"):
        every.pop()
    return [word for word in every if word not in tagged("matching_title")] or every


def name_tokens(name: str) -> list[str]:
    """Return every word of a name or role, folded, without possessives and the dots of initials."""
    folded = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name)).casefold()
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [word.replace(".", "") for word in _WORD.findall(folded)]


def same_name(given: str, full: str) -> bool:
    """Return whether a name ("Graham", "Sen. Lindsey Graham") may mean the person whose fullest name is `full`.

    Every word of `given` must stand in `full` (an initial stands for a first name), and both must end in the same
    word; so a first name alone, or another first name beside the same surname, is not enough.
    """
    mine, theirs = identifying_words(given), identifying_words(full)
    if not mine or not theirs:
        return False
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    return mine[-1] == theirs[-1] and all(_stands_in(word, theirs) for word in mine)


def names_speaker(given: str, speaker: Speaker) -> bool:
    """Return whether a phrase names a speaker, by name or by a part of the role ("the Pentagon spokesman").

    In a role a title counts: the president of a country isn't its foreign minister.
    """
    if speaker.name and same_name(given, speaker.name):
        return True
    named = set(name_tokens(given)) - tagged("article")
    return bool(named) and named <= set(name_tokens(speaker.role or ""))


def _stands_in(word: str, words: list[str]) -> bool:
    if len(word) == 1:
        return any(other.startswith(word) for other in words)
    return word in words or any(len(other) == 1 and word.startswith(other) for other in words)
