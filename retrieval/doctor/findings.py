"""The findings of checks, and what to do about them."""

from dataclasses import dataclass
from enum import StrEnum

REBUILD = "run `ontherecord ingest --rebuild`"
PUT_BACK = "put a backup back with `ontherecord restore FILE`, or move the archive away and ingest again"


class FindingLevel(StrEnum):
    """How bad a finding is."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `remedy` says what to do, and is None where all is fine."""

    check: str
    level: FindingLevel
    said: str
    remedy: str | None = None


def fine(check: str, said: str) -> Finding:
    """Return the finding of a check that found nothing wrong."""
    return Finding(check, FindingLevel.FINE, said)


def note(check: str, said: str, remedy: str) -> Finding:
    """Return a finding that an operator should know of, and may leave."""
    return Finding(check, FindingLevel.NOTE, said, remedy)


def wrong(check: str, said: str, remedy: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(check, FindingLevel.WRONG, said, remedy)
