"""The repository of sources: add, remove, find, list those that are due."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from retrieval.domain import OPERATOR, SourceKind
from retrieval.errors import ArchiveError, NotFound
from retrieval.fetching.addresses import parse_address
from retrieval.sources.schedule import LONGEST, SHORTEST, USUAL
from retrieval.store.archive import Archive
from retrieval.store.sources import Source, SourceTotals, add_source, remove_source, sources_of, totals
from retrieval.store.sqlite.database import read_transaction, write_transaction


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source with the totals of its items."""

    source: Source
    totals: SourceTotals


class SourceRepository:
    """Sources by owner; articles belong to the owner of their source."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._clock = clock

    def add(self, address: str, kind: SourceKind, owner: str = OPERATOR, every: timedelta | None = None) -> Source:
        """Add a source that is due at once. Raises ArchiveError for an invalid address or one that the owner has."""
        every = USUAL[kind] if every is None else every
        if not SHORTEST <= every <= LONGEST:
            raise ArchiveError("a source is looked at every 5 minutes at the most, and every 30 days at the least")
        now = self._clock()
        place = _folder(address, owner) if kind is SourceKind.FOLDER else str(parse_address(address))
        new = Source(0, owner, kind, place, round(every.total_seconds()), added_at=now, due_at=now)
        with write_transaction(self._archive.database) as connection:
            added = add_source(connection, new)
        if added is None:
            raise ArchiveError(f"{place} is a source already")
        return added

    def summaries(self, owners: Collection[str] | None = None) -> list[SourceSummary]:
        """Return the sources of these owners, or of all, with their totals."""
        with read_transaction(self._archive.database) as connection:
            counted = totals(connection)
            return [
                SourceSummary(source, counted.get(source.id, SourceTotals()))
                for source in sources_of(connection, owners)
            ]

    def find(self, named: str, owners: Collection[str] | None = None) -> Source:
        """Return the source with this number or address. Raises NotFound."""
        for kept in self.summaries(owners):
            if named in (str(kept.source.id), kept.source.address):
                return kept.source
        raise NotFound(f"there is no source {named}; `ontherecord sources list` shows what there is")

    def remove(self, number: int, owners: Collection[str]) -> bool:
        """Remove a source and return whether it existed; its articles stay."""
        with write_transaction(self._archive.database) as connection:
            return remove_source(connection, number, owners)

    def due(self) -> list[Source]:
        """Return the due sources of all owners, the longest overdue first."""
        now = self._clock()
        with read_transaction(self._archive.database) as connection:
            found = [source for source in sources_of(connection) if source.due_at <= now]
        return sorted(found, key=lambda source: source.due_at)


def _folder(address: str, owner: str) -> str:
    """Return the absolute path of a folder. Raises ArchiveError if it isn't one, or the owner isn't the operator."""
    folder = Path(address)
    if owner != OPERATOR:
        raise ArchiveError(f"{address} isn't a folder that can be watched")
    if folder.is_file():
        raise ArchiveError(
            f"{address} is a file, and files aren't watched: `ontherecord ingest {address}` reads it, "
            f"`ontherecord sources add {folder.parent}` watches its folder"
        )
    if not folder.is_dir():
        raise ArchiveError(f"there is no folder {address}; an address of the web begins with https://")
    return str(folder.resolve())
