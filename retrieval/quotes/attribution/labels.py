"""Labels: names without a clause, beside quoted words ("NAME: …", "… — NAME") or at their head, as in transcripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.domain import Span, SpeakerKind
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm, mention_of
from retrieval.quotes.entities.speaking_ability import is_common_word
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold, name_words

DASHES = frozenset({"-", "--", "–", "—", "―", "~"})
LONGEST = 12
"""Most tokens of a label."""
TRANSCRIPT_LABEL = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4}):\s")


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """A label beside a quotation.

    `position` is "before", "after:comma" or "after:mark", by what stands between; `verbs`: it holds a verb.
    """

    position: str
    form: MentionForm
    verbs: bool


def labels(parse: Parse, entities: EntityIndex, position: QuotePosition) -> Iterator[tuple[Mention, LabelFacts]]:
    """Iterate over at most one label before the words and one behind, each within its paragraph or sentence."""
    tokens = parse.tokens
    before, after = position.first.index - 1, position.last.index + 1
    if before > 0 and tokens[before].text in {":"} | DASHES and tokens[before].block == position.first.block:
        yield from _label(parse, entities, _run(parse, position, before - 1, -1), "before")
    if after >= len(tokens) or tokens[after].block != position.last.block:
        return
    if tokens[after].text in {":", ","} | DASHES:
        mark = "comma" if tokens[after].text == "," else "mark"
        yield from _label(parse, entities, _run(parse, position, after + 1, 1), f"after:{mark}")


def _run(parse: Parse, position: QuotePosition, index: int, step: int) -> list[Token]:
    """The words from `index` on, in order, up to another quotation; none where they are too many for a label."""
    tokens = parse.tokens
    run: list[Token] = []
    while 0 <= index < len(tokens) and tokens[index].block == position.first.block and len(run) <= LONGEST:
        token = tokens[index]
        if token.quotation is not None or (step < 0 and token.text in ".!?"):
            break
        run.append(token)
        index += step
    run = [t for t in (run if step > 0 else run[::-1]) if t.pos != "SPACE"]
    return run if len(run) <= LONGEST else []


def _label(
    parse: Parse, entities: EntityIndex, run: list[Token], position: str
) -> Iterator[tuple[Mention, LabelFacts]]:
    verbs = any(t.pos in ("VERB", "AUX") for t in run)
    nouns = [t for t in run if t.index in entities.chunk_at or (t.pos in ("NOUN", "PROPN") and not t.entity)]
    nouns = [t for t in nouns if fold(t.text).rstrip(".") not in tagged("calendar_word")]
    if run and run[0].tag in ("VBG", "WP", "WDT"):
        return
    heads = [t for t in nouns if t.head == t.index or parse.head(t) not in nouns]
    for head in heads[:1]:
        mention = mention_of(parse, entities, head)
        yield mention, LabelFacts(position, mention.form, verbs)


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
    match = TRANSCRIPT_LABEL.match(text, words.start, words.end)
    if match is None:
        return None
    name = match.group(1)
    entity = _known(name, entities)
    if entity is None and (not name.isupper() or is_common_word(name)):
        return None
    return TranscriptLabel(
        Span(match.start(1), match.end(1)), entity or _unknown(name, entities), TranscriptLabelFacts(name.isupper())
    )


def _known(name: str, entities: EntityIndex) -> Entity | None:
    words = name_words(name)
    return entities.person_named(words)


def _unknown(name: str, entities: EntityIndex) -> Entity:
    return entities.add(Entity(name.title(), name_words(name), SpeakerKind.PERSON))
