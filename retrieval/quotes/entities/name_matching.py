"""Name matching: the entities whose name a chunk is, in full or in part."""

from collections.abc import Iterable, Sequence

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.entity import Entity, gender_of
from retrieval.quotes.entities.name_chunks import PLACES, NameChunk
from retrieval.text.lexicon import tagged
from retrieval.text.names import first_name_gender, first_names, is_acronym_of


def same_person(people: Iterable[Entity], chunk: NameChunk) -> list[Entity]:
    """Return the person whose full name holds these words, first or last among them.

    What ran together with a known surname ("Daily Post Lee") is that person's too.
    """
    full = [entity for entity in people if len(entity.words) > 1]
    for entity in full:
        if _is_part(chunk.words, entity.words):
            return [entity]
    ran_together = not {*chunk.words[:-1]}.isdisjoint(
        tagged("organisation_noun", "company_word", "document_noun", "person_noun", "calendar_word")
    )
    if len(chunk.words) > 2 and chunk.words[0] not in first_names() and (ran_together or chunk.label != "PERSON"):
        return [e for e in full if e.words[-1] == chunk.words[-1] and _has_first_name(e.words)][:1]
    return []


def bearers(people: Iterable[Entity], chunk: NameChunk) -> list[Entity]:
    """Return the people of two names and more whose surname, first name or other name a single word is."""
    full = [e for e in people if len(e.words) > 1]
    if len(chunk.words) != 1:
        particle = bool(chunk.words) and chunk.words[0] in tagged("name_particle")
        return [e for e in full if particle and e.words[-len(chunk.words) :] == chunk.words]
    word = chunk.words[0]
    by_surname = [e for e in full if word in (e.words[-1], "-".join(e.words[-2:]))]
    if chunk.gender:
        by_surname = [e for e in by_surname if not _is_of_other_gender(e, chunk)]
    by_first = [e for e in full if word == e.words[0] or word in e.words[1:-1]]
    if by_surname and not (_is_known(by_first, chunk) and not _is_known(by_surname, chunk)):
        return by_surname
    if chunk.label in PLACES | {"NORP"}:
        return []
    return by_first or [e for e in full if word in e.words[-1].split("-")]


def same_single(people: Iterable[Entity], chunk: NameChunk) -> list[Entity]:
    """Return the person who is named by just these words."""
    return [e for e in people if e.words == chunk.words][:1]


def same_organisation(entities: Iterable[Entity], chunk: NameChunk) -> list[Entity]:
    """Return the entity other than a person with this name, an abbreviation of it, or a longer form."""
    others = [entity for entity in entities if not entity.is_person]
    same = [e for e in others if e.words == chunk.words]
    if same or chunk.label in PLACES | {"NORP"}:
        return same[:1]
    others = [e for e in others if e.kind is not SpeakerKind.GROUP]
    spelled = [e for e in others if is_acronym_of(chunk.text, e.name) or is_acronym_of(e.name, chunk.text)]
    longer = [e for e in others if not e.is_place and _is_part(chunk.words, e.words)]
    return (spelled or longer)[:1]


def reliable_first(chunk: NameChunk) -> tuple[bool, int, int]:
    """Return a sort key: names with a known first name first, then the longest, then the earliest."""
    return not _has_first_name(chunk.words), -len(chunk.words), chunk.start


def _has_first_name(words: Sequence[str]) -> bool:
    return words[0] in first_names() and words[0] not in tagged("name_particle")


def _is_part(words: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether the words stand in the full name in order, its first or its last among them."""
    rest = iter(full)
    return all(word in rest for word in words) and (words[-1] == full[-1] or words[0] == full[0])


def _is_of_other_gender(entity: Entity, chunk: NameChunk) -> bool:
    """Return whether the title of a bare surname tells another gender than a first name: "Mrs Voss", "Carl Voss"."""
    return first_name_gender(entity.words) not in (None, chunk.gender) or (
        (entity.gender or gender_of(entity)) not in (None, chunk.gender) and entity.titled
    )


def _is_known(entities: Iterable[Entity], chunk: NameChunk) -> bool:
    """Return whether the article has named one of them in full before."""
    return any(named < chunk.tokens[0].index for entity in entities for named in entity.occurrences)
