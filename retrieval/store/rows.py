"""Between the rows of the tables and the values: articles and quotations."""

from typing import Any

from sqlalchemy import RowMapping

from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.reasons import Reason
from retrieval.store.records import Unit

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


def article_of(row: RowMapping) -> Article:
    return Article(**{field: row[field] for field in ARTICLE_FIELDS}, authors=tuple(row["authors"]))


def article_row(article: Article) -> dict[str, Any]:
    return {field: getattr(article, field) for field in ARTICLE_FIELDS} | {"authors": list(article.authors)}


def unit_of(row: RowMapping) -> Unit:
    span = Span(row["start"], row["end"])
    quotation = quotation_of(row, span) if row["kind"] is not None else None
    return Unit(row["id"], row["article"], span, row["context"], quotation)


def quotation_of(row: RowMapping, span: Span) -> Quotation:
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
        "mention_start": mention and mention.start,
        "mention_end": mention and mention.end,
        "said_on": quotation.said_on,
        "basis_start": basis and basis.start,
        "basis_end": basis and basis.end,
    }


def speaker_of(row: RowMapping) -> Speaker | None:
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
    )


def span_of(start: int | None, end: int | None) -> Span | None:
    return Span(start, end) if start is not None and end is not None else None
