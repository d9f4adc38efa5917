"""Spellings of one word in Britain and America, by rule and by list."""

import re
from functools import cache

from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import lexicon, tagged

_ISE = re.compile(r"(?P<stem>\w{3,}?)(?P<letter>[sz])(?P<end>e|es|ed|ing|ation|ations|er|ers)")
_YSE = re.compile(r"(?P<stem>\w+y)(?P<letter>[sz])(?P<end>e|es|ed|ing)")
_ENDINGS = ("", "s", "ed", "ing", "ful", "ite", "ites", "less", "able", "er", "ers")


@cached_by_text()
def british(word: str) -> str:
    """Return the British spelling of a folded word, and any other word as it is: "apologised" of "apologized"."""
    if listed := _listed().get(word):
        return listed
    if (match := _ISE.fullmatch(word)) and match["letter"] == "z" and match["stem"].endswith("i"):
        return f"{match['stem']}s{match['end']}"
    if (match := _YSE.fullmatch(word)) and match["letter"] == "z":
        return f"{match['stem']}s{match['end']}"
    return word


@cached_by_text()
def spellings(word: str) -> tuple[str, ...]:
    """Return both spellings of a folded word, the given one first; one where they are the same."""
    other = american(word) if british(word) == word else british(word)
    return (word,) if other == word else (word, other)


@cached_by_text()
def american(word: str) -> str:
    """Return the American spelling of a folded word, and any other word as it is: "apologized" of "apologised"."""
    if listed := _american().get(word):
        return listed
    if (match := _ISE.fullmatch(word)) and match["letter"] == "s" and match["stem"].endswith("i"):
        return f"{match['stem']}z{match['end']}"
    if (match := _YSE.fullmatch(word)) and match["letter"] == "s":
        return f"{match['stem']}z{match['end']}"
    return word


@cache
def _listed() -> dict[str, str]:
    """Return the British spelling of each listed American one, with the endings that both may have."""
    pairs = ((word, lexicon().entries[word].stands_for or word) for word in tagged("american_spelling"))
    return {us + end: uk + end for us, uk in pairs for end in _ENDINGS}


@cache
def _american() -> dict[str, str]:
    return {uk: us for us, uk in _listed().items()}
