"""Sources of articles and the items that each listed: select, insert, update, delete."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from retrieval.domain import SourceKind
from retrieval.store.schema import source_items, sources


class ItemState(StrEnum):
    """What became of an item that a source listed."""

    WAITING = "waiting"  # not read so far
    READ = "read"
    EXCERPT = "excerpt"  # read from the feed itself, for its page may not be fetched
    GONE = "gone"  # its publisher took it back
    LEFT = "left"  # of no interest any more: removed by a person, or another item's by now


@dataclass(frozen=True, slots=True)
class Source:
    """A place that is checked `every` so many seconds for new articles.

    `failures` counts failed checks in a row, `problem` says what was wrong at the last one.
    """

    id: int
    owner: str
    kind: SourceKind
    address: str
    every: int
    added_at: datetime
    due_at: datetime
    checked_at: datetime | None = None
    read_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceItem:
    """Something that a source lists: a file, a feed's entry, or a page.

    `key` is what its source knows it by, `article` its id in the archive; `id` is None before it is saved. `digest` is
    of what the source said of it when it was last read; `listed` is false once the source no longer names it.
    """

    source: int
    key: str
    address: str
    seen_at: datetime
    due_at: datetime
    id: int | None = None
    article: str | None = None
    state: ItemState = ItemState.WAITING
    listed: bool = True
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceTotals:
    """How many of a source's items were read, are gone, and can't be read."""

    read: int = 0
    gone: int = 0
    failing: int = 0


def sources_of(connection: Connection, owners: Collection[str] | None = None) -> list[Source]:
    """Return the sources of `owners` (None: of everybody), in the order in which they were added."""
    query = select(sources).order_by(sources.c.id)
    if owners is not None:
        query = query.where(sources.c.owner.in_(owners))
    return [_source(dict(row)) for row in connection.execute(query).mappings()]


def add_source(connection: Connection, source: Source) -> Source | None:
    """Store a new source, whatever its `id`. Returns it with its number; None if its owner has the address already."""
    mine = (sources.c.owner == source.owner) & (sources.c.address == source.address)
    if connection.scalar(select(func.count()).where(mine)):
        return None
    row = {name: value for name, value in _row(source).items() if name != "id"}
    return replace(source, id=connection.execute(insert(sources).values(row).returning(sources.c.id)).scalar_one())


def save_source(connection: Connection, source: Source) -> None:
    """Update a source; nothing where it has been removed meanwhile.

    It keeps its address where its owner has another source at the new one.
    """
    row = _row(source)
    others = (sources.c.owner == source.owner) & (sources.c.address == source.address) & (sources.c.id != source.id)
    if connection.scalar(select(func.count()).where(others)):
        del row["address"]
    connection.execute(update(sources).where(sources.c.id == source.id).values(row))


def remove_source(connection: Connection, number: int, owners: Collection[str]) -> bool:
    """Delete a source and its items; the articles that came from it stay. Returns False if there is none."""
    removed = connection.execute(delete(sources).where(sources.c.id == number, sources.c.owner.in_(owners)))
    return removed.rowcount > 0


def items_of(connection: Connection, source: int) -> dict[str, SourceItem]:
    """Return the items of a source by key."""
    rows = connection.execute(select(source_items).where(source_items.c.source == source)).mappings()
    return {row["key"]: _item(dict(row)) for row in rows}


def save_item(connection: Connection, item: SourceItem) -> None:
    """Insert or update an item; nothing where its source has been removed meanwhile."""
    row = {name: value for name, value in _row(item).items() if name != "id"}
    if item.id is not None:
        connection.execute(update(source_items).where(source_items.c.id == item.id).values(row))
    elif connection.scalar(select(func.count()).where(sources.c.id == item.source)):
        connection.execute(insert(source_items).values(row))


def totals(connection: Connection) -> dict[int, SourceTotals]:
    """Return the totals by source; a source without items is left out."""
    item = source_items.c
    query = select(
        item.source,
        func.count().filter(item.state.in_((ItemState.READ, ItemState.EXCERPT))),
        func.count().filter(item.state == ItemState.GONE),
        func.count().filter(item.problem.is_not(None)),
    ).group_by(item.source)
    return {source: SourceTotals(*counts) for source, *counts in connection.execute(query)}


def _row(value: Source | SourceItem) -> dict[str, Any]:
    return {
        name: field.isoformat(timespec="seconds") if isinstance(field, datetime) else field
        for name, field in asdict(value).items()
    }


def _source(row: Mapping[str, Any]) -> Source:
    return Source(**_with_times(row) | {"kind": SourceKind(row["kind"])})


def _item(row: Mapping[str, Any]) -> SourceItem:
    return SourceItem(**_with_times(row) | {"state": ItemState(row["state"])})


def _with_times(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value for name, value in row.items()
    }
