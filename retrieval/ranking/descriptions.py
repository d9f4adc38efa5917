"""Descriptions: how much of "the mayor of Callan" or "that oklahoma republican" fits a candidate's speaker."""

import re
from collections.abc import Iterator
from itertools import islice

from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.word_weights import topic_words
from retrieval.text.stemming import stem, stems

MENTIONS, REACH = 2, 120
"""How many of the places that name a speaker tell who that is, and how many characters on each side."""
FITTING = 0.5
"""Share of a description from which it is taken to be of the speaker."""


def description_share(query: Query, candidate: AnswerCandidate) -> float:
    """Return the share of the words describing the speaker that role, name or first mentions tell of this one, 0..1.

    Words that only ask ("the guy who said") describe nobody. 0 where nobody is described.
    """
    asked = query.speaker if query.describes_speaker else query.description
    wanted = frozenset(map(stem, topic_words(asked))) if asked else frozenset()
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if not wanted or speaker is None:
        return 0.0
    known = speaker.role or "", speaker.name or "", speaker.channel or ""
    told = stems(" ".join([*known, *_mentions(candidate.article.text, speaker.name)]))
    return len(wanted & told) / len(wanted)


def is_speaker_meant(query: Query, candidate: AnswerCandidate) -> bool:
    """Return whether the query names the candidate's speaker, or describes them by half of the words or more."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if speaker is None:
        return False
    return query.names(speaker) or (query.describes_speaker and description_share(query, candidate) >= FITTING)


def _mentions(text: str, name: str | None) -> Iterator[str]:
    """Yield the text about the first places that name a speaker."""
    surname = (name or "").rpartition(" ")[2]
    places = islice(re.finditer(re.escape(surname), text), MENTIONS) if surname else ()
    for place in places:
        yield text[max(0, place.start() - REACH) : place.end() + REACH]
