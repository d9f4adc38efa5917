"""What a source lists now, against what it listed before: what is to be looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from retrieval.sources.entries import Entry
from retrieval.store.sources import ItemState, SourceItem

Pair = tuple[SourceItem, Entry | None]
"""Something listed, and what the source says of it now; None where it doesn't say."""


def matched(entries: Iterable[Entry], items: Sequence[SourceItem]) -> list[tuple[SourceItem, Entry]]:
    """Each item with the entry that names it, by its key, or else by its address: what has moved may have a new key."""
    by_key = {entry.key: entry for entry in entries}
    by_address = {entry.address: entry for entry in reversed(by_key.values())}
    pairs = ((item, by_key.get(item.key) or by_address.get(item.address)) for item in items)
    return [(item, entry) for item, entry in pairs if entry is not None]


def departed(entries: Sequence[Entry], items: Sequence[SourceItem], now: datetime) -> list[SourceItem]:
    """What was listed last and isn't now, as it is to be kept: due, for it may have moved or been taken back."""
    still = {item.key for item, _ in matched(entries, items)}
    gone = [item for item in items if item.listed and item.key not in still]
    return [replace(item, listed=False, due_at=min(item.due_at, now)) for item in gone]


def arrived(entries: Sequence[Entry], items: Sequence[SourceItem], source: int, now: datetime) -> list[SourceItem]:
    """What is listed for the first time."""
    known = {item.key for item in items} | {item.address for item in items}
    new = {entry.address: entry for entry in entries if not {entry.key, entry.address} & known}
    return [SourceItem(source, entry.key, entry.address, seen_at=now, due_at=now) for entry in new.values()]


def to_check(entries: Sequence[Entry], items: Sequence[SourceItem], now: datetime) -> list[Pair]:
    """What is new or said to have changed, in the source's order; then what is due, the longest overdue first."""
    order = {entry.key: number for number, entry in enumerate(entries)}
    named = {item.key: (item, entry) for item, entry in matched(entries, items) if item.state is not ItemState.LEFT}
    fresh = sorted((pair for pair in named.values() if _is_fresh(*pair)), key=lambda pair: order[pair[1].key])
    taken = {item.key for item, _ in fresh}
    waiting = [item for item in items if item.key not in taken and item.state is not ItemState.LEFT]
    due = sorted((item for item in waiting if item.due_at <= now), key=lambda item: item.due_at)
    renewed: list[Pair] = [(replace(item, listed=True, address=_address(item, entry)), entry) for item, entry in fresh]
    return renewed + [(item, named[item.key][1] if item.key in named else None) for item in due]


def _is_fresh(item: SourceItem, entry: Entry) -> bool:
    """What failed waits until it is due, whatever its source says."""
    if item.state is ItemState.WAITING or (item.failures and item.state is not ItemState.GONE):
        return not item.failures
    return not item.listed or (entry.digest is not None and entry.digest != item.digest)


def _address(item: SourceItem, entry: Entry) -> str:
    """Where it has moved to, until its source says anything new of it."""
    return item.address if entry.digest == item.digest else entry.address
