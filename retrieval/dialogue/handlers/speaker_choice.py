"""Choice of the speaker whom a name means: among those of the name, the one who spoke about the topic."""

from collections.abc import Collection
from dataclasses import dataclass

from retrieval.speakers.index import SpeakerIndex, matching_entries
from retrieval.speakers.records import SpeakerEntry
from retrieval.text.person_names.matching import identifying_words, same_name

OTHERS = 3
"""Speakers of the same name who are told of."""


@dataclass(frozen=True, slots=True)
class MeantSpeakers:
    """The speakers whom `name` may mean, the most quoted first.

    `did_you_mean` is the name of the only one where the archive has nobody of the name itself.
    """

    name: str
    entries: tuple[SpeakerEntry, ...]
    did_you_mean: str | None = None

    @property
    def others(self) -> tuple[str, ...]:
        """Return the full names of some speakers beside the most quoted one."""
        return tuple(entry.name for entry in self.entries[1:] if len(identifying_words(entry.name)) > 1)[:OTHERS]


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """One speaker, and the units of the words that may be listed of them, the latest day first."""

    entry: SpeakerEntry
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """Finds speakers by the ledger's rules. As thread-safe as the index."""

    speakers: SpeakerIndex

    def meant(self, name: str, owners: Collection[str]) -> MeantSpeakers:
        """Return whom `name` may mean."""
        entries = matching_entries(name, self.speakers.relatives(name, owners))
        near = bool(entries) and not any(same_name(name, known) for entry in entries for known in entry.names)
        return MeantSpeakers(name, entries, entries[0].name if near else None)

    def words(self, entry: SpeakerEntry) -> SpeakerWords:
        """Return the units of an entry's words."""
        return SpeakerWords(entry, tuple(self.speakers.said(entry)))
