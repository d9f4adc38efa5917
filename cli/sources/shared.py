"""Values that several commands on sources share."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.sources.repository import SourceRepository
    from retrieval.store.archive import Archive
    from retrieval.store.sources import Source


def open_sources(archive: "Archive") -> "SourceRepository":
    """Return the repository of an archive's sources."""
    from retrieval.sources.repository import SourceRepository
    from retrieval.store.archive import utc_now

    return SourceRepository(archive, utc_now)


def source_object(source: "Source") -> dict[str, Any]:
    """Return the JSON object of one source."""
    fields = asdict(source)
    times = {
        name: value and value.isoformat(timespec="seconds") for name, value in fields.items() if name.endswith("_at")
    }
    hidden = ("etag", "last_modified")
    return {name: value for name, value in (fields | times).items() if name not in hidden}


def format_interval(seconds: int) -> str:
    """Return an interval as 30m, 2h or 1d."""
    for unit, length in (("d", 86_400), ("h", 3600)):
        if seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds // 60}m"
