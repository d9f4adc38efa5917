"""When a source, and what it listed, is looked at again."""

from datetime import datetime, timedelta

from retrieval.store.sources import SourceKind

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=30)
USUAL = {
    SourceKind.FOLDER: timedelta(minutes=5),
    SourceKind.FEED: timedelta(minutes=30),
    SourceKind.SITEMAP: timedelta(hours=6),
    SourceKind.PAGE: timedelta(days=1),
}
"""How often a source is looked at where nobody says."""

SOON = timedelta(minutes=5)
"""After which a source is gone on with that had more than one refresh takes."""

_ITEM_SHORTEST, _ITEM_LONGEST = timedelta(hours=1), timedelta(days=14)
_SOURCE_LONGEST = timedelta(days=1)
_ASKED_LONGEST = timedelta(days=7)
_DOUBLINGS = 10


def source_due(now: datetime, every: int, failures: int = 0, retry_after: float | None = None) -> datetime:
    """Each failure in a row doubles the wait, up to a day; a server that asks for longer is left alone for longer."""
    usual = timedelta(seconds=every)
    wait = max(usual, min(usual * (1 << min(failures, _DOUBLINGS)), _SOURCE_LONGEST))
    return now + max(wait, _asked(retry_after))


def item_due(now: datetime, seen_at: datetime, failures: int = 0, retry_after: float | None = None) -> datetime:
    """What is new may still be corrected: it is looked at again after half its age. Failures double the wait."""
    wait = max((now - seen_at) / 2, _ITEM_SHORTEST) * (1 << min(failures, _DOUBLINGS))
    return now + max(min(wait, _ITEM_LONGEST), _asked(retry_after))


def _asked(retry_after: float | None) -> timedelta:
    return min(timedelta(seconds=retry_after or 0), _ASKED_LONGEST)
