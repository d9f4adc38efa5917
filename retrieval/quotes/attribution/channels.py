"""Channels: the news outlets to which, or by which, words were given: "told the Valley Post", "according to CNN"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.role_phrases import nouns_beside
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

CARRYING_PREPOSITIONS = frozenset(("to", "with", "on", "in", "for"))
OBJECTS = ("dobj", "dative", "iobj")


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """A news outlet in a clause that gives the words, beside a clause of somebody who says them: only a carrier."""


def is_outlet(parse: Parse, entity: Entity, name: Token) -> bool:
    """Return whether a name is a news outlet's: by its words, or a noun beside it ("the tabloid Bild")."""
    if entity.is_person:
        return False
    beside = (noun.lemma for noun in nouns_beside(parse, name))
    return bool(set(entity.words) & tagged("outlet_word")) or any(noun in tagged("outlet_word") for noun in beside)


def channel_of(parse: Parse, entities: EntityIndex, sentence: Sequence[Token], speaker: Entity) -> Entity | None:
    """Return the outlet through which the speaker's words came, by the sentence around them; None without one.

    `sentence` may hold quotations; what they hold is passed over.
    """
    for token, entity in _bodies(entities, sentence):
        carried = is_outlet(parse, entity, token) and _carries(parse, token)
        if entity is not speaker and (carried or _is_interviewer(parse, token)):
            return entity
    return None


def _bodies(entities: EntityIndex, sentence: Sequence[Token]) -> Iterator[tuple[Token, Entity]]:
    """Iterate over the last tokens of the names of bodies outside of quotations, each with its entity."""
    for token in sentence:
        chunk = entities.chunk_at.get(token.index) if token.quotation is None else None
        if chunk and chunk.tokens[-1].index == token.index:
            for entity in entities.of_token(token)[:1]:
                if not entity.is_person:
                    yield token, entity


def _carries(parse: Parse, name: Token) -> bool:
    """Return whether an outlet's name hangs where a carrier's does."""
    above = parse.head(name)
    if name.dep in OBJECTS:
        return above.lemma in tagged("addressing_verb")
    if name.dep.startswith("nsubj"):
        return above.lemma in tagged("reporting_verb")
    if name.dep != "pobj":
        return False
    word, over = above.text.casefold(), parse.head(above)
    if word in ("via", "per") or over.text.casefold() == "according":
        return True
    speaking = over.lemma in tagged("reporting_verb", "speaking_verb", "occasion_noun")
    return word in CARRYING_PREPOSITIONS and speaking


def _is_interviewer(parse: Parse, name: Token) -> bool:
    """Return whether any body is the one of "in an interview with the Fair Rent Union"."""
    above = parse.head(name)
    return name.dep == "pobj" and above.text.casefold() in ("with", "to") and parse.head(above).lemma == "interview"
