"""The names that recognition asks for, read from the archive and kept until it changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from retrieval.answering.publisher_names import match_publisher
from retrieval.speakers.index import speaker_names
from retrieval.store.archive import Archive
from retrieval.text.person_names.matching import identifying_words, same_name

LONGEST_NAME = 5
"""Most words of a phrase that is taken for a name."""
MOST_OWNERS = 200
"""Sets of owners whose names are kept."""


@dataclass
class NamesOfOwners:
    """The publishers and speakers of the articles of some owners."""

    publishers: Sequence[str]
    speakers: Sequence[str]

    def publisher(self, name: str) -> str | None:
        """Return one of the archive's names of the publisher that `name` means; None where it means none."""
        names = match_publisher(name, self.publishers).names
        return min(names, key=len) if names else None

    def is_speaker(self, name: str) -> bool:
        """Return whether the archive quotes somebody of that name, or of that surname."""
        return len(name.split()) <= LONGEST_NAME and bool(self.speakers_called(name))

    def speakers_called(self, name: str) -> tuple[str, ...]:
        """Return every speaker's name that may be that of the person called `name`."""
        words = identifying_words(name)
        return tuple(known for known in self._words.get(words[-1] if words else "", ()) if same_name(name, known))

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for known in self.speakers:
            for word in set(identifying_words(known)):
                found.setdefault(word, []).append(known)
        return found


@dataclass(frozen=True, slots=True)
class ArchiveNames:
    """Gives the names of what somebody may see. May be used from any thread."""

    archive: Archive
    _kept: dict[frozenset[str], tuple[object, NamesOfOwners]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, owners: frozenset[str]) -> NamesOfOwners:
        """Return the names in the articles of `owners`, read anew after a change of the archive."""
        state = self.archive.state()
        with self._lock:
            kept = self._kept.get(owners)
        if kept is not None and kept[0] == state:
            return kept[1]
        read = self._read(owners)
        with self._lock:
            if len(self._kept) >= MOST_OWNERS:
                self._kept.clear()
            self._kept[owners] = (state, read)
        return read

    def _read(self, owners: frozenset[str]) -> NamesOfOwners:
        listing = [listed for listed in self.archive.listing() if listed.owner in owners]
        publishers = sorted({listed.publisher for listed in listing if listed.publisher})
        return NamesOfOwners(publishers, speaker_names(self.archive, owners))
