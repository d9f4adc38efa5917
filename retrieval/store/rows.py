"""Map table rows to articles, units and quotations, and back; the selects that these mappings read."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, tuple_

from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.reasons import Reason
from retrieval.store.records import Unit
from retrieval.store.schema import articles, quotations, units

ARTICLE_FIELDS = (
    "owner",
    "id",
    "version",
    "title",
    "text",
    "publisher",
    "published",
    "modified",
    "url",
    "summary",
    "language",
    "source",
)

UNITS = select(units, quotations).outerjoin(quotations, quotations.c.unit == units.c.id).order_by(units.c.id)
"""Units with their quotations, to be narrowed by `where`."""

RECORD = select(
    articles.c.seq,
    articles.c.owner,
    articles.c.id,
    articles.c.content_hash,
    articles.c.rules_version,
    articles.c.model,
    articles.c.edits,
).order_by(articles.c.seq)
"""The columns of ArticleRecord."""

LISTING = (
    select(
        articles.c.seq,
        articles.c.owner,
        articles.c.id,
        articles.c.version,
        articles.c.title,
        articles.c.publisher,
        articles.c.published,
        articles.c.source,
        articles.c.stored_at,
        func.count(units.c.id) - func.count(quotations.c.unit),
        func.count(quotations.c.unit),
    )
    .outerjoin(units, units.c.article == articles.c.seq)
    .outerjoin(quotations, quotations.c.unit == units.c.id)
    .group_by(articles.c.seq)
    .order_by(articles.c.seq)
)
"""The columns of ArticleListing."""


def article_of(row: RowMapping) -> Article:
    """Return the article in a row of `articles`, or in the JSON that a version keeps."""
    return Article(**{field: row[field] for field in ARTICLE_FIELDS}, authors=tuple(row["authors"]))


def article_row(article: Article) -> dict[str, Any]:
    """Return the article's own columns of a row of `articles`."""
    return {field: getattr(article, field) for field in ARTICLE_FIELDS} | {"authors": list(article.authors)}


def unit_of(row: RowMapping) -> Unit:
    """Return the unit in a row of UNITS."""
    span = Span(row["start"], row["end"])
    quotation = quotation_of(row, span) if row["kind"] is not None else None
    return Unit(row["id"], row["article"], span, row["context"], quotation)


def quotation_of(row: RowMapping, span: Span) -> Quotation:
    """Return the quotation at `span` from a row of `quotations`."""
    return Quotation(
        span=span,
        kind=Kind(row["kind"]),
        speaker=speaker_of(row),
        mention=span_of(row["mention_start"], row["mention_end"]),
        utterance=row["utterance"],
        said_on=row["said_on"],
        said_on_basis=span_of(row["basis_start"], row["basis_end"]),
    )


def quotation_row(quotation: Quotation) -> dict[str, Any]:
    """Return the row of `quotations` but for its unit."""
    speaker, mention, basis = quotation.speaker, quotation.mention, quotation.said_on_basis
    return {
        "kind": quotation.kind.value,
        "utterance": quotation.utterance,
        "speaker_name": speaker and speaker.name,
        "speaker_role": speaker and speaker.role,
        "speaker_kind": speaker and speaker.kind and speaker.kind.value,
        "confidence": speaker and speaker.confidence,
        "certainty": speaker and speaker.certainty.value,
        "reason": speaker and speaker.reason and speaker.reason.to_json(),
        "channel": speaker and speaker.channel,
        "mention_start": mention and mention.start,
        "mention_end": mention and mention.end,
        "said_on": quotation.said_on,
        "basis_start": basis and basis.start,
        "basis_end": basis and basis.end,
    }


def speaker_of(row: RowMapping) -> Speaker | None:
    """Return the speaker in a row of `quotations`, None where it holds none."""
    if row["certainty"] is None:
        return None
    kind = row["speaker_kind"]
    return Speaker(
        name=row["speaker_name"],
        role=row["speaker_role"],
        kind=SpeakerKind(kind) if kind else None,
        confidence=row["confidence"],
        certainty=Certainty(row["certainty"]),
        reason=Reason.from_json(row["reason"]) if row["reason"] else None,
        channel=row.get("channel"),  # units that an older version removed hold none
    )


def span_of(start: int | None, end: int | None) -> Span | None:
    """Return the span between two offsets that may be null."""
    return Span(start, end) if start is not None and end is not None else None


def rows_of(connection: Connection, wanted: Iterable[Article]) -> dict[tuple[str, str], int]:
    """Return the rows (`seq`) of articles by owner and id; removed articles are left out."""
    ids = {(article.owner, article.id) for article in wanted}
    query = select(articles.c.owner, articles.c.id, articles.c.seq)
    rows = connection.execute(query.where(tuple_(articles.c.owner, articles.c.id).in_(ids))) if ids else ()
    return {(owner, id_): seq for owner, id_, seq in rows}
