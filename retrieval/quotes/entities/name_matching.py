"""Name matching: the entities whose name a chunk is, in full or in part."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.entity import Entity, gender_of
from retrieval.quotes.entities.name_chunks import NameChunk
from retrieval.quotes.entities.name_runs import PLACES
from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.person_names.names import acronym, first_name_gender, first_names, initials
from retrieval.text.person_names.spelling import near_word

MOST_NAMESAKES = 50
"""Entities with one word in their names that are told apart; further ones are found by their other words alone."""
LEAST_MISTYPED = 6
"""Fewest letters of a bare surname that may be another one, mistyped."""
MOST_COMPARED = 100
"""People with whose surnames a bare one is compared."""

CAPITAL_PAIR = re.compile(r"\b(?=([A-Z][a-z]{1,20}) ([A-Z][a-z]{2,20})\b)")


class EntityNameIndex:
    """The entities of an article by the words of their names, each list in the order in which they were added."""

    def __init__(self) -> None:
        """Begin without entities."""
        self.people: list[Entity] = []
        self._number: dict[int, int] = {}
        self._full_names: dict[str, list[Entity]] = {}
        self._organisations: dict[str, list[Entity]] = {}
        self._exact: dict[tuple[bool, tuple[str, ...]], Entity] = {}
        self._surnames: dict[tuple[str, ...], Entity] = {}
        self._by_initials: dict[str, list[Entity]] = {}
        self._by_acronym: dict[str, list[Entity]] = {}

    def add(self, entity: Entity) -> None:
        """Add an entity."""
        self._number[id(entity)] = len(self._number)
        self._exact.setdefault((entity.is_person, entity.words), entity)
        if entity.is_person:
            self.people.append(entity)
            self._surnames.setdefault(entity.words[-1:], entity)
            if len(entity.words) > 1:
                joined = "-".join(entity.words[-2:])
                _file(self._full_names, {*entity.words, joined, *entity.words[-1].split("-")}, entity)
        elif entity.kind is not SpeakerKind.GROUP:
            _file(self._organisations, set(entity.words), entity)
            _file(self._by_initials, initials(entity.name), entity)
            if short := acronym(entity.name):
                _file(self._by_acronym, [short], entity)

    def same_person(self, chunk: NameChunk) -> list[Entity]:
        """Return the person whose full name holds these words, first or last among them.

        What ran together with a known surname ("Daily Post Lee") is that person's too.
        """
        for entity in _rarest(self._full_names, chunk.words):
            if _is_part(chunk.words, entity.words):
                return [entity]
        if len(chunk.words) > 2 and chunk.words[0] not in first_names() and _ran_together(chunk):
            named = self._full_names.get(chunk.words[-1], ())
            return [e for e in named if e.words[-1] == chunk.words[-1] and has_first_name(e.words)][:1]
        return []

    def bearers(self, chunk: NameChunk) -> list[Entity]:
        """Return the people of two names and more whose surname, first name or other name a single word is."""
        full = self._full_names.get(chunk.words[-1], ()) if chunk.words else ()
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

    def same_single(self, chunk: NameChunk) -> list[Entity]:
        """Return the person who is named by just these words."""
        found = self._exact.get((True, chunk.words))
        return [found] if found else []

    def mistyped(self, chunk: NameChunk) -> list[Entity]:
        """Return the one person of two names and more whose long surname differs from a bare one by a letter or two."""
        if len(chunk.words) != 1 or len(chunk.words[0]) < LEAST_MISTYPED or chunk.title:
            return []
        people = (person for person in self.people[:MOST_COMPARED] if len(person.words) > 1)
        near = [person for person in people if _is_mistyped(chunk.words[0], person.words[-1])]
        return near if len(near) == 1 else []

    def person_named(self, words: tuple[str, ...]) -> Entity | None:
        """Return the first person whose name, or whose surname, is just these words."""
        found = [self._exact.get((True, words)), self._surnames.get(words)]
        return min((e for e in found if e), key=lambda entity: self._number[id(entity)], default=None)

    def same_organisation(self, chunk: NameChunk) -> list[Entity]:
        """Return the entity other than a person with this name, an abbreviation of it, or a longer form."""
        same = self._exact.get((False, chunk.words))
        if same or chunk.label in PLACES | {"NORP"}:
            return [same] if same else []
        short = acronym(chunk.text)
        spelled = [*self._by_initials.get(short, ())] if short else []
        for word in initials(chunk.text):
            spelled += self._by_acronym.get(word, ())
        if spelled:
            return [min(spelled, key=lambda entity: self._number[id(entity)])]
        longer = _rarest(self._organisations, chunk.words)
        return [e for e in longer if not e.is_place and _is_part(chunk.words, e.words)][:1]


def reliable_first(chunk: NameChunk) -> tuple[bool, int, int]:
    """Return a sort key: names with a known first name first, then the longest, then the earliest."""
    return not has_first_name(chunk.words), -len(chunk.words), chunk.start


def full_names_in(text: str) -> Mapping[str, str]:
    """Return the full name of each surname that a text has behind one known first name alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in CAPITAL_PAIR.finditer(text):
        if (first := match[1].casefold()) in first_names() and first not in lexicon().entries:
            found[match[2]].add(f"{match[1]} {match[2]}")
    return {surname: names.pop() for surname, names in found.items() if len(names) == 1}


def has_first_name(words: Sequence[str]) -> bool:
    """Return whether a name begins with a known first name."""
    return words[0] in first_names() and words[0] not in tagged("name_particle")


def _file(index: dict[str, list[Entity]], words: Iterable[str], entity: Entity) -> None:
    for word in words:
        filed = index.setdefault(word, [])
        if len(filed) < MOST_NAMESAKES:
            filed.append(entity)


def _rarest(index: dict[str, list[Entity]], words: Iterable[str]) -> Sequence[Entity]:
    """Return the entities that share the rarest of the words: whoever has all of them is among these."""
    return min((index.get(word, []) for word in words), key=len, default=[])


def _is_part(words: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether the words stand in the full name in order, its first or its last among them.

    Another first name is another person's: "Reza Pahlavi" is not "Mohammed Reza Pahlavi".
    """
    rest = iter(full)
    other = len(words) > 1 and words[0] != full[0] and {words[0], full[0]} <= first_names().keys()
    return all(word in rest for word in words) and (words[-1] == full[-1] or words[0] == full[0]) and not other


def _is_mistyped(word: str, surname: str) -> bool:
    """Return whether a word is a surname but for a letter or two, or with its letters in another order."""
    return near_word(word, surname) or (word[:1] == surname[:1] and sorted(word) == sorted(surname))


def _ran_together(chunk: NameChunk) -> bool:
    """Return whether words that are no name stand in front of a surname: "Daily Post Lee"."""
    others = tagged("organisation_noun", "company_word", "document_noun", "person_noun", "calendar_word")
    return chunk.label != "PERSON" or not {*chunk.words[:-1]}.isdisjoint(others)


def _is_of_other_gender(entity: Entity, chunk: NameChunk) -> bool:
    """Return whether the title of a bare surname tells another gender than a full name: "Mrs Voss", "Carl Voss"."""
    if first_name_gender(entity.words) not in (None, chunk.gender):
        return True
    return entity.titled and (entity.gender or gender_of(entity)) not in (None, chunk.gender)


def _is_known(entities: Iterable[Entity], chunk: NameChunk) -> bool:
    """Return whether the article has named one of them in full before."""
    return any(entity.occurrences and entity.occurrences[0] < chunk.tokens[0].index for entity in entities)
