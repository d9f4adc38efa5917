"""Check that sources are read in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from retrieval.doctor.findings import Finding, fine, note
from retrieval.store.sources import sources_of

_OVERDUE = timedelta(days=1)


def check_sources(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Report sources that fail or are overdue; nothing where there are no sources."""
    sources = sources_of(connection)
    failing = [source for source in sources if source.problem]
    forgotten = [source for source in sources if now - source.due_at > _OVERDUE]
    if failing:
        first = f"{failing[0].address}: {failing[0].problem}"
        said = f"{len(failing)} of {len(sources)} sources can't be read, such as {first}"
        yield note("sources", said, "`ontherecord sources list` says what is wrong with each")
    if forgotten:
        said = f"{len(forgotten)} of {len(sources)} sources have been due for more than a day"
        yield note("sources", said, "run the bot, or `ontherecord sources refresh --due` every few minutes")
    if sources and not (failing or forgotten):
        yield fine("sources", f"{len(sources)} sources, all read in time")
