"""Transcripts: "NAME: words" inside the quotation marks, where no clause names the speaker."""

import re
from dataclasses import dataclass

from retrieval.domain import Span, SpeakerKind
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.text.names import name_words

LABEL = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4}):\s")


@dataclass(frozen=True, slots=True)
class TranscriptLabelFacts:
    """A label inside the quotation marks; `capitals`: it stands in capitals."""

    capitals: bool


@dataclass(frozen=True, slots=True)
class TranscriptLabel:
    """The name at the head of a quotation's words, whom it means, and the facts of it."""

    span: Span
    entity: Entity
    facts: TranscriptLabelFacts


def label_inside(text: str, words: Span, entities: EntityIndex) -> TranscriptLabel | None:
    """Return the label at the head of quoted words: a name in capitals, or one that the article knows, and a colon."""
    match = LABEL.match(text, words.start, words.end)
    if match is None:
        return None
    name = match.group(1)
    entity = _known(name, entities)
    if entity is None and not name.isupper():
        return None
    return TranscriptLabel(Span(match.start(1), match.end(1)), entity or _unknown(name, entities), TranscriptLabelFacts(name.isupper()))


def _known(name: str, entities: EntityIndex) -> Entity | None:
    words = name_words(name)
    return next((e for e in entities.people if words in (e.words, e.words[-1:])), None)


def _unknown(name: str, entities: EntityIndex) -> Entity:
    return entities.add(Entity(name.title(), name_words(name), SpeakerKind.PERSON))
