"""Transcripts: "NAME: words" inside the marks, where no clause names the speaker."""

import re
from dataclasses import dataclass

from retrieval.domain import Span, SpeakerKind
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import Roster
from retrieval.text.names import name_words

LABEL = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4}):\s")


@dataclass(frozen=True, slots=True)
class Label:
    """The name at the head of a quotation's words, and whom it means."""

    span: Span
    entity: Entity
    capitals: bool


def label_inside(text: str, words: Span, roster: Roster) -> Label | None:
    """A name in capitals, or one that the article knows, followed by a colon, at the head of the words."""
    match = LABEL.match(text, words.start, words.end)
    if match is None:
        return None
    name = match.group(1)
    entity = _known(name, roster)
    if entity is None and not name.isupper():
        return None
    return Label(Span(match.start(1), match.end(1)), entity or _unknown(name, roster), name.isupper())


def _known(name: str, roster: Roster) -> Entity | None:
    words = name_words(name)
    return next((e for e in roster.people if words in (e.words, e.words[-1:])), None)


def _unknown(name: str, roster: Roster) -> Entity:
    return roster.add(Entity(name.title(), name_words(name), SpeakerKind.PERSON))
