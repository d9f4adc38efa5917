"""When sources and their items are checked again."""

from datetime import datetime, timedelta

from retrieval.domain import SourceKind

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=30)
USUAL = {
    SourceKind.FOLDER: timedelta(minutes=5),
    SourceKind.FEED: timedelta(minutes=30),
    SourceKind.SITEMAP: timedelta(hours=6),
    SourceKind.PAGE: timedelta(days=1),
}
"""The default interval by kind of source."""

SOON = timedelta(minutes=5)
"""The wait before a source is continued that had more items than one refresh takes."""

_ITEM_SHORTEST, _ITEM_LONGEST = timedelta(hours=1), timedelta(days=14)
_SOURCE_LONGEST = timedelta(days=1)
_ASKED_LONGEST = timedelta(days=7)
_DOUBLINGS = 10


def source_due(now: datetime, every: int, failures: int = 0, retry_after: float | None = None) -> datetime:
    """Return when a source is due. Each failure in a row doubles the wait, up to a day; Retry-After may exceed that.

    `every` and `retry_after` are in seconds.
    """
    usual = timedelta(seconds=every)
    wait = max(usual, min(usual * (1 << min(failures, _DOUBLINGS)), _SOURCE_LONGEST))
    return now + max(wait, _asked(retry_after))


def item_due(now: datetime, seen_at: datetime, failures: int = 0, retry_after: float | None = None) -> datetime:
    """Return when an item is due: after half its age, as new articles are corrected most. Failures double the wait."""
    wait = max((now - seen_at) / 2, _ITEM_SHORTEST) * (1 << min(failures, _DOUBLINGS))
    return now + max(min(wait, _ITEM_LONGEST), _asked(retry_after))


def _asked(retry_after: float | None) -> timedelta:
    return min(timedelta(seconds=retry_after or 0), _ASKED_LONGEST)
