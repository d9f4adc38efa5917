"""Entity index of an article: one entity for "Ada Brook", "Brook" and "Ms Brook", with roles and gender."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.domain import Span, SpeakerKind
from retrieval.quotes.entities.entity import Entity, gender_of, likely_bearers
from retrieval.quotes.entities.name_chunks import NameChunk, name_chunks
from retrieval.quotes.entities.name_matching import EntityNameIndex, full_names_in, reliable_first
from retrieval.quotes.entities.name_runs import PLACES
from retrieval.quotes.entities.role_phrases import is_person_noun, roles_of
from retrieval.quotes.entities.speaking_ability import Ability, ability_of_name, is_picture_credit
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold, name_words


class EntityIndex:
    """The named entities of one article; `chunk_at` holds the name that a token is part of, by token index."""

    def __init__(self, parse: Parse, standing: Sequence[Span] = ()) -> None:
        """Group the names of the article by whom they mean; `standing` are names told by where they stand."""
        self.parse = parse
        self.chunks = [chunk for chunk in name_chunks(parse, standing) if not is_picture_credit(parse, chunk)]
        self.entities: list[Entity] = []
        self._names = EntityNameIndex()
        self.chunk_at: dict[int, NameChunk] = {t.index: chunk for chunk in self.chunks for t in chunk.tokens}
        self._named: dict[int, tuple[Entity, ...]] = {}
        self._spelled: dict[tuple[str, ...], NameChunk] = {}
        self._collect()
        for entity in self.entities:
            entity.gender = entity.gender or gender_of(entity)
            if entity.ability is Ability.DOUBTFUL and any(map(self._is_reporter, entity.occurrences)):
                entity.ability = Ability.ABLE
        for index, entities in self._named.items():
            if len(entities) > 1:
                self._named[index] = likely_bearers(entities, index)

    def of_token(self, token: Token) -> tuple[Entity, ...]:
        """Return the entities that a token may name, the likeliest first."""
        chunk = self.chunk_at.get(token.index)
        return self._named.get(chunk.tokens[0].index, ()) if chunk else ()

    @property
    def people(self) -> Sequence[Entity]:
        """Return the entities that are people."""
        return self._names.people

    def person_named(self, words: tuple[str, ...]) -> Entity | None:
        """Return the first person whose name, or whose surname, is just these words."""
        return self._names.person_named(words)

    def add(self, entity: Entity) -> Entity:
        """Add an entity that was found elsewhere, and return it."""
        self.entities.append(entity)
        self._names.add(entity)
        return entity

    def _collect(self) -> None:
        self._mend_labels()
        people = [c for c in self.chunks if c.label == "PERSON" and c.words]
        for chunk in sorted(people, key=reliable_first):
            if len(chunk.words) > 1:
                self._occur(chunk, self._names.same_person(chunk) or [self._new(chunk, SpeakerKind.PERSON)])
        self._find_surnames()
        self._find_organisations()
        self._find_abbreviations()
        named = {c.tokens[0].index for c in people if len(c.words) > 1}
        singles = [c for c in self.chunks if c.tokens[0].index not in named and c.words]
        full_names = full_names_in(self.parse.text)
        for chunk in sorted(singles, key=lambda c: (-len(c.words), c.start)):
            speaks = chunk.label == "PERSON" or self._is_reporter(chunk.tokens[-1].index)
            known = self._names.bearers(chunk) or (self._names.mistyped(chunk) if speaks else [])
            if _is_adjective(chunk):
                continue
            if chunk.label == "PERSON":
                same = known or self._names.same_single(chunk)
                self._occur(chunk, same or [self._new(self._in_full(chunk, full_names), SpeakerKind.PERSON)])
            elif known and not self._is_place(chunk):
                self._occur(chunk, known)
            else:
                body = self._spelled_out(chunk) or self._names.same_organisation(chunk)
                self._occur(chunk, body or [self._new(chunk, _organisation_kind(chunk))])

    def _in_full(self, chunk: NameChunk, full_names: Mapping[str, str]) -> NameChunk:
        """Return a bare surname with the first name that the text gives elsewhere, inside a quotation for one."""
        full = full_names.get(chunk.text) if len(chunk.words) == 1 else None
        return replace(chunk, text=full, words=name_words(full)) if full else chunk

    def _mend_labels(self) -> None:
        """Take names of two words and more for people: behind a role, or where the surname is a person's elsewhere."""
        people = [c for c in self.chunks if c.label == "PERSON" and c.words]
        bare = {c.words for c in people if c.title or len(c.words) == 1 or c.words[0] in tagged("name_particle")}
        places = {word for c in self.chunks if c.label in PLACES | {"NORP"} for word in c.words}
        for position, chunk in enumerate(self.chunks):
            if (
                chunk.label == "PERSON"
                or not 2 <= len(chunk.words) <= 4
                or chunk.words[-1] in tagged("organisation_noun", "company_word")
            ):
                continue
            surname = any(chunk.words[i:] in bare for i in range(1, len(chunk.words))) and chunk.label not in PLACES
            surname = surname and chunk.words[0] not in places
            before = self.parse.tokens[chunk.tokens[0].index - 1] if chunk.tokens[0].index else chunk.tokens[0]
            held = before.pos == "NOUN" and before.tag == "NN" and is_person_noun(before)
            if (held and before.sentence == chunk.tokens[0].sentence) or surname or self._is_described(chunk):
                self._relabel(position, replace(chunk, label="PERSON"))

    def _is_described(self, chunk: NameChunk) -> bool:
        """Return whether a person noun stands in apposition to capital words: "Ann Lee, the club's founder,"."""
        appositions = self.parse.below(chunk.tokens[-1], "appos")
        solid = all(t.text[:1].isupper() for t in chunk.tokens) and chunk.label not in PLACES | {"NORP"}
        return solid and any(is_person_noun(noun) and noun.tag == "NN" for noun in appositions)

    def _relabel(self, position: int, chunk: NameChunk) -> None:
        self.chunks[position] = chunk
        self.chunk_at.update({token.index: chunk for token in chunk.tokens})

    def _is_place(self, chunk: NameChunk) -> bool:
        """Return whether a name that may be a surname is a town's: it stands behind "in" or "from"."""
        above = self.parse.head(chunk.tokens[-1])
        return chunk.label in PLACES | {"NORP"} and (
            above.text.casefold() in tagged("local_preposition") or chunk.tokens[-1].dep == "compound"
        )

    def _is_reporter(self, index: int) -> bool:
        """Return whether a name that ends with this token says something."""
        token = self.parse.tokens[index]
        return token.dep.startswith("nsubj") and self.parse.head(token).lemma in tagged("plain_reporting_verb")

    def _find_surnames(self) -> None:
        """Add bare surnames that were taken for other words, matched as strings."""
        surnames = {entity.words[-1] for entity in self.people if len(entity.words) > 1}
        for token in self.parse.tokens:
            known = token.index not in self.chunk_at and token.text[:1].isupper() and fold(token.text) in surnames
            if known and token.pos not in ("AUX", "ADP", "DET", "PRON", "SCONJ", "CCONJ") and token.dep != "compound":
                words = (fold(token.text),)
                self.chunk_at[token.index] = chunk = NameChunk((token,), token.text, words, "PERSON", None, None)
                self.chunks.append(chunk)

    def _find_organisations(self) -> None:
        """Add organisations of one word that were taken for common nouns, matched as strings: "Labour"."""
        known = {c.text: c for c in self.chunks if len(c.words) == 1 and c.label in ("ORG", "GPE", "NORP")}
        for token in self.parse.tokens:
            if token.index not in self.chunk_at and token.text in known and token.dep.startswith("nsubj"):
                self.chunk_at[token.index] = chunk = replace(known[token.text], tokens=(token,))
                self.chunks.append(chunk)

    def _find_abbreviations(self) -> None:
        """Remember abbreviations in brackets: "the Fair Rent Union (FRU)"."""
        for chunk in self.chunks:
            first = chunk.tokens[0].index
            full = self.chunk_at.get(first - 2)
            capitals = sum(c.isupper() for c in chunk.text)
            if full and capitals > 1 and len(chunk.words) == 1 and self.parse.tokens[first - 1].text == "(":
                self._spelled.setdefault(chunk.words, full)

    def _spelled_out(self, chunk: NameChunk) -> Sequence[Entity]:
        full = self._spelled.get(chunk.words)
        named = self._named.get(full.tokens[0].index, ()) if full else ()
        return [entity for entity in named if not entity.is_person]

    def _new(self, chunk: NameChunk, kind: SpeakerKind) -> Entity:
        ability = ability_of_name(chunk, self.parse)
        place = chunk.label in PLACES
        return self.add(Entity(chunk.text, chunk.words, kind, is_place=place, label=chunk.label, ability=ability))

    def _occur(self, chunk: NameChunk, entities: Sequence[Entity]) -> None:
        self._named[chunk.tokens[0].index] = tuple(entities)
        if len(entities) > 1:
            return
        entity = entities[0]
        entity.occur(chunk.tokens[-1].index)
        entity.gender = entity.gender or chunk.gender
        entity.titled = entity.titled or chunk.title is not None
        if chunk.title and fold(chunk.title) in tagged("rank_title") and entity.is_person and chunk.text == entity.name:
            entity.rank = entity.rank or chunk.title
        if entity.is_person:
            entity.take_roles(roles_of(self.parse, chunk.tokens))


def _is_adjective(chunk: NameChunk) -> bool:
    """Return whether it is no name but an adjective: the "European" of "the European champion"."""
    last = chunk.tokens[-1]
    return chunk.label == "NORP" and last.pos == "ADJ" and last.dep == "amod"


def _organisation_kind(chunk: NameChunk) -> SpeakerKind:
    titled = chunk.label in ("LAW", "WORK_OF_ART") and not chunk.text.isupper()
    if titled or chunk.words[-1] in tagged("document_noun"):
        return SpeakerKind.DOCUMENT
    return SpeakerKind.GROUP if chunk.label == "NORP" else SpeakerKind.ORGANISATION
