"""Near names: the one speaker of an archive whom a name may mean that no speaker bears as it is written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from retrieval.domain import Certainty, Speaker
from retrieval.query import Query
from retrieval.speakers.index import speaker_names
from retrieval.store.archive import Archive
from retrieval.text.person_names.matching import identifying_words, near_name, same_name
from retrieval.text.person_names.spelling import sound_key

_WRITTEN_AS_HEARD = (("eaux", "o"), ("eau", "o"), ("ault", "o"), ("ph", "f"), ("tch", "ch"))
_SHORTEST_HEARD = 5
"""Letters of a surname that may be written as it is heard: "trudo"."""


@dataclass(frozen=True, slots=True)
class MeantName:
    """The name that a slip means; `matches` where the comparison of names takes the slip for that name already."""

    name: str
    matches: bool


def meant_instead(query: Query, archive: Archive, owners: Collection[str]) -> MeantName | None:
    """Return the name of the one speaker whose name is a slip away from the one that `query` names.

    None where the archive of `owners` has somebody of that very name, nobody near it, or two people near it.
    """
    if not query.speaker or query.describes_speaker:
        return None
    names = speaker_names(archive, owners)
    matching = [name for name in names if query.names(Speaker(name, None, None, 1.0, Certainty.CERTAIN))]
    if any(_is_written_so(query.speaker, name) for name in matching):
        return None
    near = matching or [name for name in names if near_name(query.speaker, name) or _sounds_alike(query.speaker, name)]
    meant = only_person(near)
    return MeantName(meant, bool(matching)) if meant else None


def only_person(names: Iterable[str]) -> str | None:
    """Return the fullest of `names` if all of them are one person's."""
    known = sorted(names, key=lambda name: (-len(identifying_words(name)), name))
    return known[0] if known and all(same_name(name, known[0]) for name in known) else None


def _is_written_so(given: str, name: str) -> bool:
    """Whether the surname stands in what was given, letter for letter, in one word or several."""
    asked, surname = identifying_words(given), identifying_words(name)[-1:]
    return bool(surname) and ("".join(surname) in asked or "".join(asked).endswith("".join(surname)))


def _sounds_alike(given: str, name: str) -> bool:
    """Whether two names of as many words, or a surname alone, are written as one hears the other."""
    asked, known = identifying_words(given), identifying_words(name)
    if not asked or len(asked) > len(known) or len(known[-1]) < _SHORTEST_HEARD:
        return False
    heard = zip(reversed(asked), reversed(known), strict=False)
    return all(_as_heard(one) == _as_heard(other) for one, other in heard)


def _as_heard(word: str) -> str:
    for written, sound in _WRITTEN_AS_HEARD:
        word = word.replace(written, sound)
    return sound_key(word)
