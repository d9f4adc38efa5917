"""What a check found, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

REBUILD = "run `ontherecord ingest --rebuild`"
PUT_BACK = "put a backup back with `ontherecord restore FILE`, or move the archive away and ingest again"


class FindingLevel(StrEnum):
    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look showed. `remedy` says what to do, and is None where all is fine."""

    check: str
    level: FindingLevel
    said: str
    remedy: str | None = None


def fine(check: str, said: str) -> Finding:
    return Finding(check, FindingLevel.FINE, said)


def note(check: str, said: str, remedy: str) -> Finding:
    return Finding(check, FindingLevel.NOTE, said, remedy)


def wrong(check: str, said: str, remedy: str) -> Finding:
    return Finding(check, FindingLevel.WRONG, said, remedy)
