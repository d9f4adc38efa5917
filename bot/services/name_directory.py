"""Names for autocomplete, in memory: what starts with what was typed, in any of its words."""

import asyncio
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import merge, nlargest, nsmallest
from itertools import islice
from time import monotonic

import structlog
from discord import app_commands

from bot.cards.limits import CHOICE, CHOICES, length
from bot.interactions.errors import BotError
from bot.services.worker import Worker
from retrieval.answering.citation_lookup import NameCounts
from retrieval.errors import ArchiveError

log = structlog.get_logger(__name__)

_ENDLESS = chr(0x10FFFF)
_LOOKED_AT = 5000
_SORTED_AT_ONCE = 5000


class Names:
    """One owner's names. Made once, then only read."""

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
        prefix = _folded(typed)
        if not prefix:
            return self._common
        first = bisect_left(self._endings, prefix)
        last = bisect_left(self._endings, prefix + _ENDLESS, lo=first)
        return set(self._names[first : min(last, first + _LOOKED_AT)])


class Directory:
    """`load` reads the names on the worker, at most every `freshness` seconds, while the old ones go on serving."""

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
        self._owners: Mapping[str, Names] = {}
        self._refreshed: float | None = None
        self._refreshing: asyncio.Task[None] | None = None

    def suggest(self, typed: str, owners: Collection[str]) -> list[str]:
        """At most 25 names, the most frequent first, from what `owners` hold and nothing else."""
        self._refresh_if_due()
        found: dict[str, int] = {}
        for names in (self._owners[owner] for owner in owners if owner in self._owners):
            for name in names.starting(typed):
                found[name] = found.get(name, 0) + names.counts[name]
        return nsmallest(CHOICES, found, key=lambda name: (-found[name], name))

    async def refresh(self) -> None:
        """A failure is logged, and the old names stay."""
        self._refreshed = self._clock()
        try:
            self._owners = await self._worker.run(self._read)
        except (ArchiveError, BotError) as error:
            log.warning("names_not_refreshed", reason=str(error))

    def _read(self) -> Mapping[str, Names]:
        return {owner: self._names(owner, counts) for owner, counts in self._load().items()}

    def _names(self, owner: str, counts: Mapping[str, int]) -> Names:
        """Those that haven't changed are kept as they are: putting many in order takes seconds."""
        known = self._owners.get(owner)
        return known if known and known.made_of == counts else Names(counts)

    def _refresh_if_due(self) -> None:
        if self._refreshed is None or self._clock() - self._refreshed >= self._freshness:
            self._refreshing = asyncio.ensure_future(self.refresh())


def choices(names: Iterable[str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in names]


def _in_order(entries: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Sorted, in steps that are short enough for the event loop to go on between them."""
    entries = iter(entries)
    parts = []
    while part := list(islice(entries, _SORTED_AT_ONCE)):
        parts.append(sorted(part))
    return merge(*parts)


def _endings(name: str) -> list[str]:
    words = _folded(name).split()
    return [" ".join(words[number:]) for number in range(min(len(words), 12))]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())
