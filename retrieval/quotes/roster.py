"""Everybody whom an article names: one entry for "Heather Nauert", "Nauert" and "Ms Nauert", with roles and gender."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from retrieval.articles import SpeakerKind
from retrieval.quotes.chunks import PLACES, Chunk, name_chunks
from retrieval.quotes.lexicon import DOCUMENT_NOUNS, FEMALE_NOUNS, MALE_NOUNS, ORGANISATION_NOUNS
from retrieval.quotes.names import PARTICLES, first_name_gender, first_names, gender_by_ending, is_acronym_of, plain
from retrieval.quotes.role_phrases import Role, is_person_noun, roles_of
from retrieval.quotes.syntax import Parse, Token

JUST_BEFORE = 60  # tokens
LOCAL = frozenset("in at from to near outside around across into".split())


RANKS = frozenset("king queen prince princess pope cardinal lord lady baroness emperor sheikh ayatollah duke".split())
"""Titles that belong to the name itself."""


@dataclass(slots=True, eq=False)
class Entity:
    """One possible speaker. `places` are the token indices where the article names it, in order.

    `label` is what entity recognition takes the name for: PERSON, ORG, GPE …, "" where it is no name.
    """

    name: str
    words: tuple[str, ...]
    kind: SpeakerKind
    gender: str | None = None
    place: bool = False
    label: str = ""
    rank: str | None = None
    titled: bool = False
    roles: list[Role] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return self.kind is SpeakerKind.PERSON

    @property
    def full_name(self) -> str:
        """With the rank that the article gives: "King Charles", "Cardinal Pell"."""
        return f"{self.rank} {self.name}" if self.rank else self.name

    @property
    def role(self) -> str | None:
        return self.roles[0].text if self.roles else None


class Roster:
    """Built once an article. `of_token` tells the entities that a token may name, the likeliest first."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.chunks = name_chunks(parse)
        self.entities: list[Entity] = []
        self.chunk_at: dict[int, Chunk] = {t.index: chunk for chunk in self.chunks for t in chunk.tokens}
        self._named: dict[int, tuple[Entity, ...]] = {}
        self._collect()
        for entity in self.entities:
            entity.places.sort()
            entity.gender = entity.gender or _gender_of(entity)
        for index, entities in self._named.items():
            if len(entities) > 1:
                self._named[index] = _likely_bearers(entities, index)

    def of_token(self, token: Token) -> tuple[Entity, ...]:
        chunk = self.chunk_at.get(token.index)
        return self._named.get(chunk.tokens[0].index, ()) if chunk else ()

    @property
    def people(self) -> list[Entity]:
        return [entity for entity in self.entities if entity.is_person]

    def add(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def _collect(self) -> None:
        self._mend_labels()
        people = [c for c in self.chunks if c.label == "PERSON" and c.words]
        for chunk in sorted(people, key=_reliable_first):
            if len(chunk.words) > 1:
                self._place(chunk, self._same_person(chunk) or [self._new(chunk, SpeakerKind.PERSON)])
        self._find_surnames()
        named = {c.tokens[0].index for c in people if len(c.words) > 1}
        singles = [c for c in self.chunks if c.tokens[0].index not in named and c.words]
        for chunk in sorted(singles, key=lambda c: (-len(c.words), c.start)):
            bearers = self._bearers(chunk)
            if chunk.label == "PERSON":
                self._place(chunk, bearers or self._same_single(chunk) or [self._new(chunk, SpeakerKind.PERSON)])
            elif bearers and not self._is_place(chunk):
                self._place(chunk, bearers)
            else:
                self._place(chunk, self._same_body(chunk) or [self._new(chunk, _body_kind(chunk))])

    def _mend_labels(self) -> None:
        """Two words and more are a person's name behind a role, or where a title stands before the last elsewhere."""
        people = [c for c in self.chunks if c.label == "PERSON" and c.words]
        bare = {c.words for c in people if c.title or len(c.words) == 1 or c.words[0] in PARTICLES}
        places = {word for c in self.chunks if c.label in PLACES | {"NORP"} for word in c.words}
        for position, chunk in enumerate(self.chunks):
            if chunk.label == "PERSON" or not 2 <= len(chunk.words) <= 4 or chunk.words[-1] in ORGANISATION_NOUNS:
                continue
            surname = any(chunk.words[i:] in bare for i in range(1, len(chunk.words))) and chunk.label not in PLACES
            surname = surname and chunk.words[0] not in places
            before = self.parse.tokens[chunk.tokens[0].index - 1] if chunk.tokens[0].index else chunk.tokens[0]
            held = before.pos == "NOUN" and before.tag == "NN" and is_person_noun(before)
            if (held and before.sentence == chunk.tokens[0].sentence) or surname or self._is_described(chunk):
                self._relabel(position, replace(chunk, label="PERSON"))

    def _is_described(self, chunk: Chunk) -> bool:
        """ "Ann Lee, the club's founder," of capital words that were taken for a body or a title."""
        appositions = self.parse.below(chunk.tokens[-1], "appos")
        solid = all(t.text[:1].isupper() for t in chunk.tokens) and chunk.label not in PLACES | {"NORP"}
        return solid and any(is_person_noun(noun) and noun.tag == "NN" for noun in appositions)

    def _relabel(self, position: int, chunk: Chunk) -> None:
        self.chunks[position] = chunk
        self.chunk_at.update({token.index: chunk for token in chunk.tokens})

    def _is_place(self, chunk: Chunk) -> bool:
        """A surname that is a town's name too is the town's behind "in" or "from"."""
        above = self.parse.head(chunk.tokens[-1])
        return chunk.label in PLACES | {"NORP"} and (
            above.text.casefold() in LOCAL or chunk.tokens[-1].dep == "compound"
        )

    def _find_surnames(self) -> None:
        """Bare surnames that were taken for other words, matched as strings."""
        surnames = {entity.words[-1] for entity in self.people if len(entity.words) > 1}
        for token in self.parse.tokens:
            known = token.index not in self.chunk_at and token.text[:1].isupper() and plain(token.text) in surnames
            if known and token.pos not in ("AUX", "ADP", "DET", "PRON", "SCONJ", "CCONJ") and token.dep != "compound":
                words = (plain(token.text),)
                self.chunk_at[token.index] = chunk = Chunk((token,), token.text, words, "PERSON", None, None)
                self.chunks.append(chunk)

    def _new(self, chunk: Chunk, kind: SpeakerKind) -> Entity:
        return self.add(Entity(chunk.text, chunk.words, kind, place=chunk.label in PLACES, label=chunk.label))

    def _place(self, chunk: Chunk, entities: Sequence[Entity]) -> None:
        self._named[chunk.tokens[0].index] = tuple(entities)
        if len(entities) > 1:
            return
        entity = entities[0]
        entity.places.append(chunk.tokens[-1].index)
        entity.gender = entity.gender or chunk.gender
        entity.titled = entity.titled or chunk.title is not None
        if chunk.title and plain(chunk.title) in RANKS and entity.is_person and chunk.text == entity.name:
            entity.rank = entity.rank or chunk.title
        if entity.is_person:
            entity.roles.extend(roles_of(self.parse, chunk.tokens))

    def _same_person(self, chunk: Chunk) -> list[Entity]:
        """A full name is another's when its words are among the other's and first or last agree.

        What ran together with a known surname ("Daily Post Lee") is that person's too.
        """
        full = [entity for entity in self.people if len(entity.words) > 1]
        for entity in full:
            if _is_part(chunk.words, entity.words):
                return [entity]
        if len(chunk.words) > 2 and chunk.words[0] not in first_names():
            return [e for e in full if e.words[-1] == chunk.words[-1] and _has_first_name(e.words)][:1]
        return []

    def _bearers(self, chunk: Chunk) -> list[Entity]:
        """The people of two names and more whose surname, first name or other name a single word is."""
        full = [e for e in self.people if len(e.words) > 1]
        if len(chunk.words) != 1:
            particle = bool(chunk.words) and chunk.words[0] in PARTICLES
            return [e for e in full if particle and e.words[-len(chunk.words) :] == chunk.words]
        word = chunk.words[0]
        by_surname = [e for e in full if word in (e.words[-1], "-".join(e.words[-2:]))]
        if chunk.gender:
            by_surname = [e for e in by_surname if (e.gender or _gender_of(e)) in (None, chunk.gender)] or by_surname
        by_first = [e for e in full if word == e.words[0] or word in e.words[1:-1]]
        if by_surname and not (_is_known(by_first, chunk) and not _is_known(by_surname, chunk)):
            return by_surname
        if chunk.label in PLACES | {"NORP"}:
            return []
        return by_first or [e for e in full if word in e.words[-1].split("-")]

    def _same_single(self, chunk: Chunk) -> list[Entity]:
        return [e for e in self.people if e.words == chunk.words][:1]

    def _same_body(self, chunk: Chunk) -> list[Entity]:
        bodies = [entity for entity in self.entities if not entity.is_person]
        same = [e for e in bodies if e.words == chunk.words]
        if same or chunk.label in PLACES | {"NORP"}:
            return same[:1]
        bodies = [e for e in bodies if e.kind is not SpeakerKind.GROUP]
        spelled = [e for e in bodies if is_acronym_of(chunk.text, e.name) or is_acronym_of(e.name, chunk.text)]
        longer = [e for e in bodies if not e.place and _is_part(chunk.words, e.words)]
        return (spelled or longer)[:1]


def _reliable_first(chunk: Chunk) -> tuple[bool, int, int]:
    """Names that begin with a known first name, then the longest, then the earliest."""
    return not _has_first_name(chunk.words), -len(chunk.words), chunk.start


def _has_first_name(words: Sequence[str]) -> bool:
    return words[0] in first_names() and words[0] not in PARTICLES


def _is_part(words: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words stand in the full name in order, its first or its last among them."""
    rest = iter(full)
    return all(word in rest for word in words) and (words[-1] == full[-1] or words[0] == full[0])


def _is_known(entities: Iterable[Entity], chunk: Chunk) -> bool:
    """Whether the article has named one of them in full before."""
    return any(place < chunk.tokens[0].index for entity in entities for place in entity.places)


def _body_kind(chunk: Chunk) -> SpeakerKind:
    if chunk.label in ("LAW", "WORK_OF_ART") or chunk.words[-1] in DOCUMENT_NOUNS:
        return SpeakerKind.DOCUMENT
    return SpeakerKind.GROUP if chunk.label == "NORP" else SpeakerKind.ORGANISATION


def _gender_of(entity: Entity) -> str | None:
    if not entity.is_person:
        return None
    heads = {role.head for role in entity.roles}
    if heads & FEMALE_NOUNS:
        return "f"
    known = first_name_gender(entity.words)
    if known:
        return known
    return "m" if heads & MALE_NOUNS else gender_by_ending(entity.words)


def is_surely_person(entity: Entity) -> bool:
    """Whether more than entity recognition tells that it is a person: a first name, a title, a role."""
    return entity.titled or bool(entity.roles) or entity.words[0] in first_names()


def _likely_bearers(entities: Sequence[Entity], index: int) -> tuple[Entity, ...]:
    """Of those who share a surname the likeliest first: named just before, with a role, introduced first."""
    first = min(entities, key=lambda entity: entity.places[0] if entity.places else index)

    def likelihood(entity: Entity) -> int:
        just_before = any(0 < index - place <= JUST_BEFORE for place in entity.places)
        return 2 * just_before + bool(entity.roles) + (entity is first)

    return tuple(sorted(entities, key=likelihood, reverse=True))


def nearest_before(entities: Iterable[Entity], index: int) -> list[tuple[int, Entity]]:
    """(token index of the last naming before `index`, entity), the nearest first."""
    found = []
    for entity in entities:
        earlier = [place for place in entity.places if place < index]
        if earlier:
            found.append((earlier[-1], entity))
    return sorted(found, key=lambda pair: -pair[0])
