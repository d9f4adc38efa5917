"""Several wishes in one message: where one ends and the next begins. Pure."""

import re

from retrieval.dialogue.recognition.descriptions import words_of
from retrieval.dialogue.recognition.spelling import bare
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear

_ASKING = r"(?:what|who|how|why|when|where|which|did|does|has|is|was|any|show|list|compare|quotes|anything|whose)"
_SENTENCE = linear(r"[?!]+[)\s]*(?:\s|$)|\n+")
_ALSO = linear(
    rf"[,;.]*\s+(?:and )?(?:also|plus|oh and|additionally|besides),?\s+(?P<next>{_ASKING}\b.+)", ignore_case=True
)
_AND = linear(
    r"[,;]?\s+and\s+(?P<next>(?:(?:what|how|why|when|where)\s+(?:did|does|do|has|is|was)|did|does|has)\s+"
    r"(?P<who>.+?)\s+(?:say|said|think|tell|told|react|respond|call|claim|want|mean|feel|joke|make|explain)\b.*"
    r"|who (?:said|told|called|claimed|thinks)\b.+)",
    ignore_case=True,
)
_FIRST = linear(
    r"(?:.*\s)?(?:say|said|think|tell|told|react|respond|call|claim|feel|joke|make|explain|about)\b.*", ignore_case=True
)
_ABOUT_IT = linear(r"(?:and )?(?:who|what) (?:was|is|were) (?:he|she|it|that|this|they)", ignore_case=True)
MOST_WISHES = 3
"""Most wishes of one message that are answered."""


def divided(message: str) -> tuple[str, ...]:
    """Return the wishes of a message in order, at least one; what leads from one to the next is left out.

    A clause that only goes on ("who won, and what was their idea?") isn't divided: its speaker must be named.
    """
    found: list[str] = []
    for sentence in _sentences(message):
        found += _clauses(sentence)
    return tuple(found[:MOST_WISHES]) if len(found) > 1 else (message,)


def _sentences(message: str) -> list[str]:
    found: list[str] = []
    for part in (part.strip() for part in _SENTENCE.split(message)):  # a wish needs no mark at its end
        if found and _ABOUT_IT.fullmatch(bare(part)):
            found[-1] += f"? {part}"
        elif bare(part):
            found.append(part)
    return found


def _clauses(sentence: str) -> list[str]:
    if match := _ALSO.search(sentence):
        return [sentence[: match.start()], *_clauses(match["next"])]
    match = _AND.search(sentence)
    if match and _stands_alone(match, sentence[: match.start()]):
        return [sentence[: match.start()], *_clauses(match["next"])]
    return [sentence]


def _stands_alone(match: "re.Match[str]", before: str) -> bool:
    who = match["who"]
    pronoun = who is not None and words_of(who)[:1] and words_of(who)[0] in tagged("anaphoric_pronoun")
    return not pronoun and _FIRST.fullmatch(before) is not None and len(words_of(before)) > 2
