"""Names for autocomplete, in memory: those of which some word starts with what was typed."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import merge, nlargest, nsmallest
from itertools import islice
from time import monotonic

import structlog
from rapidfuzz import fuzz, process

from bot.cards.limits import CHOICE, CHOICES, length
from bot.errors import BotError
from bot.services.worker import Worker
from retrieval.answering.citation_lookup import NameCounts
from retrieval.errors import ArchiveError
from retrieval.text.person_names.spelling import plain

log = structlog.get_logger(__name__)

_ENDLESS = chr(0x10FFFF)
_LOOKED_AT = 5000
_SORTED_AT_ONCE = 5000
_ALIKE = 72.0  # per cent of rapidfuzz's weighted ratio from which a name is offered for another


class NameIndex:
    """A sorted index of one owner's names. Made once, then only read."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.made_of = counts
        self.counts = {name: count for name, count in counts.items() if 0 < length(name) <= CHOICE and name.strip()}
        self._common = nlargest(CHOICES, self.counts, key=self.counts.__getitem__)
        self._endings: list[str] = []
        self._names: list[str] = []
        for ending, whole in _in_order((ending, name) for name in self.counts for ending in _endings(name)):
            self._endings.append(ending)
            self._names.append(whole)

    def starting(self, typed: str) -> Collection[str]:
        """Return names of which some word starts with what was typed; the most frequent for nothing typed."""
        prefix = _folded(typed)
        if not prefix:
            return self._common
        first = bisect_left(self._endings, prefix)
        last = bisect_left(self._endings, prefix + _ENDLESS, lo=first)
        return set(self._names[first : min(last, first + _LOOKED_AT)])


class NameDirectory:
    """Names of all owners. `load` reads them on the worker at most every `freshness` seconds."""

    def __init__(
        self,
        load: Callable[[], NameCounts],
        worker: Worker,
        freshness: float = 30.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._load = load
        self._worker = worker
        self._freshness = freshness
        self._clock = clock
        self._owners: Mapping[str, NameIndex] = {}
        self._refreshed: float | None = None
        self._refreshing: asyncio.Task[None] | None = None

    def suggest(self, typed: str, owners: Collection[str]) -> list[str]:
        """Return at most 25 names that `owners` hold, the most frequent first."""
        self._refresh_if_due()
        found: dict[str, int] = {}
        for names in (self._owners[owner] for owner in owners if owner in self._owners):
            for name in names.starting(typed):
                found[name] = found.get(name, 0) + names.counts[name]
        return nsmallest(CHOICES, found, key=lambda name: (-found[name], name))

    def known(self, name: str, owners: Collection[str]) -> str | None:
        """Return the name that `owners` hold for what was typed: the same but for case, or the only one that has it."""
        wanted, suggested = _folded(name), self.suggest(name, owners)
        same = [each for each in suggested if _folded(each) == wanted]
        return same[0] if same else suggested[0] if len(suggested) == 1 and wanted else None

    def near(self, name: str, owners: Collection[str], limit: int) -> list[str]:
        """Return names that `owners` hold and that are spelled like it, the nearest first; takes a moment for many."""
        names = {each for owner in owners if owner in self._owners for each in self._owners[owner].counts}
        alike = process.extract(
            name, sorted(names), scorer=fuzz.WRatio, limit=limit, score_cutoff=_ALIKE, processor=_folded
        )
        return [found for found, _score, _place in alike]

    async def refresh(self) -> None:
        """Read the names anew; a failure is logged, and the old names stay."""
        self._refreshed = self._clock()
        try:
            self._owners = await self._worker.run(self._read)
        except (ArchiveError, BotError) as error:
            log.warning("names_not_refreshed", reason=str(error))

    def _read(self) -> Mapping[str, NameIndex]:
        return {owner: self._index(owner, counts) for owner, counts in self._load().items()}

    def _index(self, owner: str, counts: Mapping[str, int]) -> NameIndex:
        """Return the index of one owner, the old one if nothing has changed: sorting many takes seconds."""
        known = self._owners.get(owner)
        return known if known and known.made_of == counts else NameIndex(counts)

    def _refresh_if_due(self) -> None:
        if self._refreshed is None or self._clock() - self._refreshed >= self._freshness:
            self._refreshing = asyncio.ensure_future(self.refresh())


def _in_order(entries: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return the entries sorted, in steps that are short enough for the event loop to go on between them."""
    entries = iter(entries)
    parts = []
    while part := list(islice(entries, _SORTED_AT_ONCE)):
        parts.append(sorted(part))
    return merge(*parts)


def _endings(name: str) -> list[str]:
    words = _folded(name).split()
    return [" ".join(words[number:]) for number in range(min(len(words), 12))]


def _folded(text: str) -> str:
    return " ".join(plain(text).replace("-", " ").split())
