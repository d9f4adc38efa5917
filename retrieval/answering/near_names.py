"""Near names: the one speaker of an archive whom a name may mean that no speaker bears."""

from collections.abc import Collection, Iterable

from retrieval.domain import Certainty, Speaker
from retrieval.query import Query
from retrieval.speakers.index import speaker_names
from retrieval.store.archive import Archive
from retrieval.text.person_names.matching import identifying_words, near_name, same_name


def meant_instead(query: Query, archive: Archive, owners: Collection[str]) -> str | None:
    """Return the name of the one speaker whose name is a slip away from the one that `query` names.

    None where the archive of `owners` has somebody of that name, nobody near it, or two people near it.
    """
    if not query.speaker or query.describes_speaker:
        return None
    names = speaker_names(archive, owners)
    if any(query.names(Speaker(name, None, None, 1.0, Certainty.CERTAIN)) for name in names):
        return None
    return only_person(name for name in names if near_name(query.speaker or "", name))


def only_person(names: Iterable[str]) -> str | None:
    """Return the fullest of `names` if all of them are one person's."""
    known = sorted(names, key=lambda name: (-len(identifying_words(name)), name))
    return known[0] if known and all(same_name(name, known[0]) for name in known) else None
