"""Quotation status: whether an article still has words that were cited, and what it says in their place."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Connection

from retrieval.answering.history import day_of
from retrieval.domain import Article, Kind, Span
from retrieval.store.archive import Archive
from retrieval.store.deletion.soft_deletion import deleted_row, deleted_row_by_digest
from retrieval.store.near_duplicates import may_be_same_speaker
from retrieval.store.records import ArticleVersion, DeletionKind, Unit
from retrieval.store.rows import UNITS, unit_of
from retrieval.store.schema import units
from retrieval.store.sqlite.database import read_transaction
from retrieval.store.versions import owner_of, past_quotations_of, replaced_unit, row_of, versions_of
from retrieval.text.diff import span_tracer

_LOOKED_BACK = 20  # versions through which the day of a change is looked for


class QuotationPointer(Protocol):
    """A reference to cited words: by the row of a quotation, or by the id of an article."""

    @property
    def span(self) -> Span:
        """Where the words stood."""
        ...

    @property
    def quotation(self) -> int | None:
        """The row of the quotation, None for a plain sentence."""
        ...

    @property
    def article(self) -> str | None:
        """The id of the article, None for a quotation."""
        ...

    def still_means(self, words: str) -> bool:
        """Return whether these are the words that are referred to."""
        ...


class QuotationFate(StrEnum):
    """What has become of cited words."""

    STANDS = "stands"
    CHANGED = "changed"
    REATTRIBUTED = "reattributed"  # the same words, from another speaker
    TAKEN_OUT = "taken out"
    WIPED_OUT = "wiped out"  # an earlier version, purged by the operator
    WITHDRAWN = "withdrawn"  # the article, by its publisher
    REMOVED = "removed"  # the article, by the operator or the guild


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span of one version of the article in a row of the store."""

    article: int
    version: int
    span: Span


@dataclass(frozen=True, slots=True)
class QuotationStatus:
    """The fate of cited words, and what stands in their place.

    `on` is the day on which the archive learnt of it, None where the words stand. `words`, `kind` and `speaker` are
    what stands there; `span` and `unit` say where.
    """

    fate: QuotationFate
    on: date | None = None
    words: str | None = None
    kind: Kind | None = None
    speaker: str | None = None
    span: Span | None = None
    unit: Unit | None = None

    @property
    def digest(self) -> str | None:
        """A hash of what people are told; None where the words stand. Stored with posted answers: keep its form."""
        if self.fate is QuotationFate.STANDS:
            return None
        told = f"(<Fate.{self.fate.name}: {self.fate.value!r}>, {self.on!r}, {self.words!r}, {self.speaker!r})"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class QuotationStatuses:
    """Finds cited words again in one archive."""

    archive: Archive

    def find(self, pointer: QuotationPointer, owners: Collection[str]) -> QuotedSpan | None:
        """Return the span that is meant; None where nothing is known of it, or it may not be seen."""
        with read_transaction(self.archive.database) as connection:
            found = _row(connection, pointer, owners)
            if found is None or owner_of(connection, found[0]) not in owners:
                return None
            row, version = found
            told = versions_of(connection, row)
            meant = [
                article.version
                for article, _, _ in reversed(told)
                if version in (None, article.version) and pointer.still_means(pointer.span.of(article.text))
            ]
            if meant:
                return QuotedSpan(row, meant[0], pointer.span)
            purged = _last_purged(connection, row, told)
            return QuotedSpan(row, version or purged, pointer.span) if purged and (version or 0) <= purged else None

    def of(self, place: QuotedSpan) -> QuotationStatus:
        """Return the status of the words that stood there."""
        with read_transaction(self.archive.database) as connection:
            if aside := deleted_row(connection, place.article):
                return QuotationStatus(QuotationFate(DeletionKind(aside["why"]).value), day_of(aside["removed_at"]))
            told = versions_of(connection, place.article)
            old = next((article for article, _, _ in told if article.version == place.version), None)
            if old is None:
                return _unknown(place, told)
            return _status(connection, place, old, told)


def _row(connection: Connection, pointer: QuotationPointer, owners: Collection[str]) -> tuple[int, int | None] | None:
    """The row of the article, and its version where that is known."""
    if pointer.quotation is not None:
        present = connection.execute(UNITS.where(units.c.id == pointer.quotation)).mappings().first()
        return (present["article"], None) if present else replaced_unit(connection, pointer.quotation)
    id_ = pointer.article or ""
    found = row_of(connection, id_, owners)
    row = found[0] if found else deleted_row_by_digest(connection, id_, owners)
    return None if row is None else (row, None)


def _last_purged(connection: Connection, row: int, told: Sequence[ArticleVersion]) -> int:
    """The newest version of the article of which no words are kept, 0 if there is none."""
    if told:
        return told[0].article.version - 1
    aside = deleted_row(connection, row)
    return int(aside["version"]) if aside else 0


def _unknown(place: QuotedSpan, told: Sequence[ArticleVersion]) -> QuotationStatus:
    """Of words of a version that the archive doesn't hold."""
    if told and place.version < told[0].article.version:
        return QuotationStatus(QuotationFate.WIPED_OUT, day_of(told[0].since))
    return QuotationStatus(QuotationFate.STANDS)  # for all that is known


def _status(connection: Connection, place: QuotedSpan, old: Article, told: Sequence[ArticleVersion]) -> QuotationStatus:
    present = told[-1][0]
    trace = span_tracer(old.text, present.text)(place.span)
    if trace.span is None:
        return QuotationStatus(QuotationFate.TAKEN_OUT, _changed_on(place, old, told))
    unit = _unit_at(connection, place.article, trace.span)
    speaker = unit.quotation.speaker.name if unit and unit.quotation and unit.quotation.speaker else None
    kind = unit.quotation.kind if unit and unit.quotation else Kind.TEXT
    if trace.same:
        until = _given_to_another(connection, place, place.span.of(old.text), trace.span, speaker)
        fate = QuotationFate.REATTRIBUTED if until else QuotationFate.STANDS
        return QuotationStatus(fate, until, trace.span.of(present.text), kind, speaker, trace.span, unit)
    span = unit.span if unit and unit.quotation else trace.span
    return QuotationStatus(
        QuotationFate.CHANGED, _changed_on(place, old, told), span.of(present.text), kind, speaker, span, unit
    )


def _changed_on(place: QuotedSpan, old: Article, told: Sequence[ArticleVersion]) -> date:
    """The day from which on the words haven't stood there."""
    later = [(article, since) for article, since, _ in told if article.version > place.version]
    day = later[-1][1]
    for article, since in reversed(later[-_LOOKED_BACK:]):
        if span_tracer(old.text, article.text)(place.span).same:
            break
        day = since
    return day_of(day)


def _given_to_another(
    connection: Connection, place: QuotedSpan, words: str, now: Span, speaker: str | None
) -> date | None:
    """The day on which the same words were given to another speaker, if they were."""
    for gone in past_quotations_of(connection, [place.article]):
        same = gone.now is not None and gone.now.overlaps(now) and gone.words.split() == words.split()
        if same and gone.version >= place.version and not may_be_same_speaker(gone.speaker, speaker):
            return day_of(gone.until)
    return None


def _unit_at(connection: Connection, row: int, span: Span) -> Unit | None:
    """The quotation there, or else the passage."""
    found = [unit_of(each) for each in connection.execute(UNITS.where(units.c.article == row)).mappings()]
    there = [unit for unit in found if unit.span.overlaps(span)]
    there.sort(key=lambda unit: (unit.quotation is None, not unit.span.contains(span), unit.span.end - unit.span.start))
    return there[0] if there else None
