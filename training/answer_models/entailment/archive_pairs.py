"""Pairs from the training questions: words of an archive, and what people made of them in questions of their own.

A question "who said …?" or "did X say …?" states in other words what a quotation says: the quotation entails it. The
most similar other words of the archive don't; a changed statement is contradicted, or not told.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from retrieval.answering.questions.understanding import understand
from retrieval.answering.verification.statement_reading import asked_statement, read_statement, read_words
from retrieval.domain import Article, Kind
from retrieval.embedding.encoder import Encoder
from retrieval.evaluation.questions import KnownQuestion
from retrieval.query import QueryKind
from retrieval.store.archive import Archive
from retrieval.store.records import Unit, Vectors
from retrieval.text.lexicon import inflected
from retrieval.text.tokens import words
from training.answer_models.entailment.pairs import CONTRADICTS, ENTAILS, NEUTRAL, LabelledPair
from training.answer_models.entailment.statement_changes import (
    another_modality,
    another_number,
    another_subject,
    negated,
    roles_exchanged,
)
from training.answer_models.questions import folded_words

SIMILAR = 4
"""Similar words of the archive that a statement is paired with."""
SAME_WORDS = 0.5
"""Share of the words of a quotation from which on other words count as the same."""
OWN_STATEMENTS = 500
"""Sentences of quotations that are paired with themselves, changed and not."""
_ASKING = frozenset(("who", "whose", "which", "what", "somebody", "that", "someone"))
_CHANGES = ((negated, CONTRADICTS), (another_number, CONTRADICTS), (another_modality, NEUTRAL))


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """A statement in a person's words, the words that say it, and the articles that hold them."""

    statement: str
    quote: str
    docs: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArchiveWords:
    """The quotations and sentences of the articles that may be used, with their vectors (units, dimension)."""

    articles: Mapping[int, Article]
    units: Sequence[Unit]
    vectors: Vectors

    @classmethod
    def of(cls, archive: Archive, docs: AbstractSet[str]) -> "ArchiveWords":
        """Return the words of the articles whose id is in `docs`."""
        every = archive.articles([listing.article for listing in archive.listing()])
        articles = {row: article for row, article in every.items() if article.id in docs}
        units = [unit for several in archive.units_of_all(articles).values() for unit in several]
        return cls(articles, units, archive.vectors([unit.id for unit in units]))

    def read(self, unit: Unit) -> str:
        """Return the words of a unit as they are read."""
        return read_words(self.articles[unit.article], unit.span, unit.quotation)


def asked_statements(questions: Sequence[KnownQuestion]) -> Iterator[AskedStatement]:
    """Yield the statements of questions with a quotation that says them."""
    for one in questions:
        if one.quote and (statement := _statement(one)):
            yield AskedStatement(statement, one.quote, one.docs)


def paraphrase_pairs(
    asked: Sequence[AskedStatement], known: ArchiveWords, encoder: Encoder, chance: random.Random
) -> Iterator[LabelledPair]:
    """Yield each statement with its own words, with similar ones, and changed with its own."""
    similar = known.vectors @ encoder.encode([one.statement for one in asked]).T
    for column, one in enumerate(asked):
        group = min(one.docs)
        own = _own_words(one, known)
        yield LabelledPair(own, one.statement, ENTAILS, 2.0, group)
        for change, label in _CHANGES:
            if other := change(one.statement, chance):
                yield LabelledPair(own, other, label, 1.0, group)
        if denied := negated(own, chance):
            yield LabelledPair(denied, one.statement, CONTRADICTS, 0.5, group)
        if exchanged := roles_exchanged(one.statement, chance):
            yield LabelledPair(own, exchanged, NEUTRAL, 1.0, group)
        for text in _similar(one, known, similar[:, column], chance):
            yield LabelledPair(text, one.statement, NEUTRAL, 1.0, group)


def own_pairs(known: ArchiveWords, chance: random.Random) -> Iterator[LabelledPair]:
    """Yield sentences of quotations with themselves, changed in one respect, and with another subject."""
    said = [unit for unit in known.units if unit.quotation and unit.quotation.kind is Kind.DIRECT]
    for unit in chance.sample(said, min(OWN_STATEMENTS, len(said))):
        text, group = known.read(unit), known.articles[unit.article].id
        statement = text.strip(" ,.!")
        if not 6 <= len(statement.split()) <= 28 or "?" in statement:
            continue
        yield LabelledPair(text, statement, ENTAILS, 0.5, group)
        for change, label in _CHANGES:
            if other := change(statement, chance):
                yield LabelledPair(text, other, label, 1.0, group)
        if exchanged := roles_exchanged(statement, chance):
            yield LabelledPair(text, exchanged, NEUTRAL, 1.0, group)
        donor = known.read(chance.choice(said)).strip(" ,.!")
        if other := another_subject(statement, donor):
            yield LabelledPair(text, other, NEUTRAL, 1.0, group)
        denied = negated(text, chance)
        if denied and (also := negated(statement, random.Random(0))):
            yield LabelledPair(denied, statement, CONTRADICTS, 0.5, group)
            yield LabelledPair(negated(text, random.Random(0)) or text, also, ENTAILS, 0.5, group)


def _statement(one: KnownQuestion) -> str | None:
    query = understand(one.question, date(2026, 1, 1))
    if query.kind is QueryKind.DID_SAY:
        return asked_statement(query)
    if one.type != "who_said":
        return None
    text = one.question.rstrip("?! ")
    verbs = inflected("reporting_verb", "asserting_verb", "thinking_verb", "denying_verb")
    asking = False
    for word in words(text):
        if asking and word.key in verbs:
            rest = text[word.span.end :].strip()
            told = rest[5:] if rest.lower().startswith("that ") else rest
            return read_statement(told, word.key) if len(told.split()) >= 4 else None
        asking = asking or word.key in _ASKING
    return None


def _own_words(one: AskedStatement, known: ArchiveWords) -> str:
    """The words of the unit that holds the quotation, as they are read; the quotation where there is none."""
    wanted = folded_words(one.quote)
    holding = [
        unit
        for unit in known.units
        if unit.quotation
        and known.articles[unit.article].id in one.docs
        and wanted in folded_words(unit.span.of(known.articles[unit.article].text))
    ]
    shortest = min(holding, key=lambda unit: unit.span.end - unit.span.start, default=None)
    return known.read(shortest) if shortest else one.quote


def _similar(
    one: AskedStatement,
    known: ArchiveWords,
    similarity: np.ndarray,
    chance: random.Random,
) -> list[str]:
    """Some of the most similar words that don't say it: those of the same article and of others."""
    said = set(folded_words(one.quote).split())
    found: list[str] = []
    own: list[str] = []
    for at in np.argsort(-similarity)[:40]:
        unit = known.units[int(at)]
        text = known.read(unit)
        if len(said & set(folded_words(text).split())) >= SAME_WORDS * len(said) or text in found + own:
            continue
        (own if known.articles[unit.article].id in one.docs else found).append(text)
    kept = chance.sample(found[:8], min(SIMILAR // 2, len(found)))
    return kept + chance.sample(own[1:6], min(SIMILAR - len(kept), len(own[1:6])))


def lower_case(pair: LabelledPair) -> LabelledPair:
    """Return the pair with its statement in lower case, as many questions are."""
    return replace(pair, statement=pair.statement.lower())
