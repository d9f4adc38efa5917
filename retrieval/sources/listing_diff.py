"""Compare a source's listing with its known items: which are new, gone, or to be checked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from retrieval.sources.listing_entries import ListingEntry
from retrieval.store.sources import ItemState, SourceItem

Pair = tuple[SourceItem, ListingEntry | None]
"""An item, and its entry in the present listing, if any."""


def match_items(entries: Iterable[ListingEntry], items: Sequence[SourceItem]) -> list[tuple[SourceItem, ListingEntry]]:
    """Return each listed item with its entry, matched by key or else by address, as a moved item may have a new key."""
    by_key = {entry.key: entry for entry in entries}
    by_address = {entry.address: entry for entry in reversed(by_key.values())}
    pairs = ((item, by_key.get(item.key) or by_address.get(item.address)) for item in items)
    return [(item, entry) for item, entry in pairs if entry is not None]


def departed_items(entries: Sequence[ListingEntry], items: Sequence[SourceItem], now: datetime) -> list[SourceItem]:
    """Return the items that are no longer listed, marked as due, as they may have moved or been withdrawn."""
    still = {item.key for item, _ in match_items(entries, items)}
    gone = [item for item in items if item.listed and item.key not in still]
    return [replace(item, listed=False, due_at=min(item.due_at, now)) for item in gone]


def new_items(
    entries: Sequence[ListingEntry], items: Sequence[SourceItem], source: int, now: datetime
) -> list[SourceItem]:
    """Return items for the entries that are listed for the first time."""
    known = {item.key for item in items} | {item.address for item in items}
    new = {entry.address: entry for entry in entries if not {entry.key, entry.address} & known}
    return [SourceItem(source, entry.key, entry.address, seen_at=now, due_at=now) for entry in new.values()]


def items_to_check(entries: Sequence[ListingEntry], items: Sequence[SourceItem], now: datetime) -> list[Pair]:
    """Return the new and changed items in the source's order, then the due ones, the longest overdue first."""
    order = {entry.key: number for number, entry in enumerate(entries)}
    named = {item.key: (item, entry) for item, entry in match_items(entries, items) if item.state is not ItemState.LEFT}
    fresh = sorted((pair for pair in named.values() if _is_fresh(*pair)), key=lambda pair: order[pair[1].key])
    taken = {item.key for item, _ in fresh}
    waiting = [item for item in items if item.key not in taken and item.state is not ItemState.LEFT]
    due = sorted((item for item in waiting if item.due_at <= now), key=lambda item: item.due_at)
    renewed: list[Pair] = [(replace(item, listed=True, address=_address(item, entry)), entry) for item, entry in fresh]
    return renewed + [(item, named[item.key][1] if item.key in named else None) for item in due]


def _is_fresh(item: SourceItem, entry: ListingEntry) -> bool:
    """Return whether an item is new or changed. One that failed waits until it is due."""
    if item.state is ItemState.WAITING or (item.failures and item.state is not ItemState.GONE):
        return not item.failures
    return not item.listed or (entry.digest is not None and entry.digest != item.digest)


def _address(item: SourceItem, entry: ListingEntry) -> str:
    """Return the item's address: where it has moved to, until the source's entry changes."""
    return item.address if entry.digest == item.digest else entry.address
