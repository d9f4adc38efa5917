"""The attributes of units that filters ask for, as arrays, so that a filter is a few comparisons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from retrieval.domain import Filters
from retrieval.store.records import UnitBatch
from retrieval.text.person_names.matching import same_name

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class ResolvedFilters:
    """Filters with the archive's own spellings of publishers and speakers that they match, None for any."""

    owners: frozenset[str]
    publishers: frozenset[str] | None
    speakers: frozenset[str] | None
    after: date | None
    before: date | None


@dataclass
class ValueDictionary:
    """A dictionary-encoded column: its distinct values, of which a unit holds the position, UNKNOWN for none."""

    values: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def encode(self, values: Iterable[str | None]) -> Codes:
        """Return the codes of `values`, int32; new values get new codes."""
        return np.array([UNKNOWN if value is None else self.code(value) for value in values], dtype=np.int32)

    def code(self, value: str) -> int:
        """Return the code of a value, a new one where it is new."""
        if value not in self.codes:
            self.codes[value] = len(self.values)
            self.values.append(value)
        return self.codes[value]

    def chosen(self, values: frozenset[str]) -> Mask:
        """Return for each code whether its value is among `values`; the last element, for UNKNOWN, is false."""
        return np.array([value in values for value in self.values] + [False])


class Catalogue:
    """The attributes of every unit that filters ask for, as arrays of one element a unit; `ids` ascend."""

    def __init__(self) -> None:
        self.ids = np.empty(0, dtype=np.int64)
        self.owners, self.publishers, self.speakers = ValueDictionary(), ValueDictionary(), ValueDictionary()
        self.owner = self.publisher = self.speaker = np.empty(0, dtype=np.int32)
        self.day = np.empty(0, dtype=np.int32)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, batch: UnitBatch) -> None:
        """Append units whose ids are higher than all that are held."""
        self.ids = np.concatenate([self.ids, batch.ids])
        self.owner = np.concatenate([self.owner, self.owners.encode(batch.owners)])
        self.publisher = np.concatenate([self.publisher, self.publishers.encode(batch.publishers)])
        self.speaker = np.concatenate([self.speaker, self.speakers.encode(batch.speakers)])
        self.day = np.concatenate([self.day, ordinals(batch.days)])

    def within(self, ranges: Sequence[range]) -> Mask:
        """Return which units have an id in one of the ranges."""
        mask = np.zeros(len(self), dtype=bool)
        for ids in ranges:
            low, high = np.searchsorted(self.ids, [ids.start, ids.stop])
            mask[low:high] = True
        return mask

    def keep(self, mask: Mask) -> None:
        """Forget the units that are false in `mask`."""
        self.ids, self.day = self.ids[mask], self.day[mask]
        self.owner, self.publisher, self.speaker = self.owner[mask], self.publisher[mask], self.speaker[mask]

    def resolve(self, filters: Filters) -> ResolvedFilters:
        """Resolve the filters' names: publishers are compared without regard to case, speakers by `same_name`."""
        publishers = speakers = None
        if filters.publisher is not None:
            wanted = filters.publisher.casefold()
            publishers = frozenset(name for name in self.publishers.values if name.casefold() == wanted)
        if filters.speaker is not None:
            speakers = frozenset(name for name in self.speakers.values if same_name(filters.speaker, name))
        return ResolvedFilters(filters.owners, publishers, speakers, filters.after, filters.before)

    def mask(self, allowed: ResolvedFilters) -> Mask:
        """Return which units may be found. An undated article lies in no period."""
        mask = self.owners.chosen(allowed.owners)[self.owner]
        if allowed.publishers is not None:
            mask &= self.publishers.chosen(allowed.publishers)[self.publisher]
        if allowed.speakers is not None:
            mask &= self.speakers.chosen(allowed.speakers)[self.speaker]
        if allowed.after is not None:
            mask &= self.day >= allowed.after.toordinal()
        if allowed.before is not None:
            mask &= (self.day <= allowed.before.toordinal()) & (self.day != UNKNOWN)
        return mask


def ordinals(days: Iterable[str | None]) -> Codes:
    """Return ISO 8601 days as proleptic ordinals, int32."""
    known = {day: ordinal(day) for day in set(days)}
    return np.array([known[day] for day in days], dtype=np.int32)


def ordinal(day: str | None) -> int:
    """Return an ISO 8601 day as a proleptic ordinal, UNKNOWN for none or what is no day."""
    try:
        return date.fromisoformat(day).toordinal() if day else UNKNOWN
    except ValueError:
        return UNKNOWN
