"""Whether a citation holds a known answer, and whether its speaker is the right one.

A citation covers words when 60% of them stand in it and it is no page of text.
"""

import re
import unicodedata
from collections import Counter

from retrieval.domain import Citation
from retrieval.evaluation.questions import FACT, KnownQuestion
from retrieval.text.lexicon import tagged

SHARE = 0.6
"""Least share of the words that a covering citation has."""
LONGEST = 60
"""Most words of a citation that covers; three times the words looked for, where that is more."""

_WORD = re.compile(r"[^\W_]+")


def is_right(question: KnownQuestion, doc: str, text: str) -> bool:
    """Return whether `text`, cited from the article with the id `doc`, holds the answer."""
    if doc not in question.docs:
        return False
    if question.type != FACT:
        return _covers(text, question.quote or "")
    told = " ".join(_words(question.answer or "")) in " ".join(_words(text)) if question.answer else False
    return len(_words(text)) <= LONGEST and (told or _covers(text, question.evidence or ""))


def _covers(cited: str, wanted: str) -> bool:
    here, there = Counter(_words(wanted)), Counter(_words(cited))
    length = here.total()
    shared = (here & there).total()
    return length > 0 and shared >= SHARE * length and there.total() <= max(LONGEST, 3 * length)


def has_right_speaker(question: KnownQuestion, citation: Citation) -> bool:
    """Return whether a citation names the known speaker.

    By the name or an alias; by the full name with up to two words more; or by a part of it that ends in the last name.
    """
    mine = _name(citation.speaker.name if citation.speaker else None)
    full = _name(question.speaker)
    if not mine:
        return False
    if mine == full or any(mine == _name(alias) for alias in question.aliases):
        return True
    if len(full) > 1 and set(full) <= set(mine) and len(mine) <= len(full) + 2:
        return True
    return set(mine) <= set(full) and mine[-1] == full[-1]


def _name(text: str | None) -> list[str]:
    every = _words(text or "")
    return [word for word in every if word not in tagged("evaluation_title")] or every


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("'s ", " ").replace("'", "")
    return _WORD.findall(folded)
