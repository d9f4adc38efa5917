"""What is asked of the archive's content: a topic, and the publisher and the period that stand beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from retrieval.answering.publisher_names import match_publisher
from retrieval.answering.questions.periods import find_period
from retrieval.query import Period

_BEFORE_TOPIC = (" about ", " on ", " covering ")
_BEFORE_PUBLISHER = (" from ", " by ", " in ")


@dataclass(frozen=True, slots=True)
class ContentWish:
    """A topic, empty where any will do; publishers as the archive has their names, and a period, None for any."""

    topic: str
    publishers: tuple[str, ...] | None = None
    period: Period | None = None


def content_wish(subject: str, known: Collection[str], today: date) -> ContentWish:
    """Return what "fox news about biden", "biden from 2020" or "the election in the guardian" ask for.

    `known` are the archive's publishers; what names none of them is part of the topic.
    """
    period, rest = find_period(f"from {subject}" if subject[:1].isdigit() else subject, today)
    for words in _BEFORE_TOPIC:
        publisher, found, topic = rest.partition(words)
        if found and (names := match_publisher(publisher.removeprefix("from "), known).names):
            return ContentWish(topic.strip(), names, period)
    for words in _BEFORE_PUBLISHER:
        topic, found, publisher = rest.rpartition(words)
        if found and (names := match_publisher(publisher, known).names):
            return ContentWish(topic.strip(), names, period)
    return ContentWish(rest if period else subject, None, period)
