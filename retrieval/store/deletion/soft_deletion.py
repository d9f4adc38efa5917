"""Move articles out of every search, and back, until the purge wipes them out.

A deleted article is one row of `set_aside`. No search needs a condition to leave it out.
"""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from retrieval.domain import OPERATOR, Quotation, Span
from retrieval.store.changelog import stored_model
from retrieval.store.deletion.tombstones import digest_of, text_tombstone
from retrieval.store.near_duplicates import find_duplicates
from retrieval.store.records import DeletionKind, NewUnit, Unit
from retrieval.store.rows import UNITS, quotation_of, quotation_row, unit_of
from retrieval.store.schema import articles, set_aside, units, vectors
from retrieval.store.upsert import delete_units, index_article, put_units

BY_OPERATOR = "by the operator"
"""The reason of a removal that the article's own server can't undo."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Why and when (ISO 8601) an article is deleted; `reason` is for operators."""

    why: DeletionKind
    at: str
    reason: str | None = None


def soft_delete(connection: Connection, owner: str, id_: str, removal: Removal) -> bool:
    """Move an article from the searched tables to `set_aside`. Returns False if there is none.

    One that was withdrawn can still be removed: then no later reading brings it back.
    """
    row = connection.execute(select(articles).where(articles.c.owner == owner, articles.c.id == id_)).mappings().first()
    if row is None:
        return removal.why is DeletionKind.REMOVED and _withdrawn_to_removed(connection, owner, id_, removal)
    connection.execute(insert(set_aside).values(_deleted_values(connection, row, removal)))
    delete_units(connection, row["seq"], row["version"])
    connection.execute(delete(articles).where(articles.c.seq == row["seq"]))
    return True


def _deleted_values(connection: Connection, article: RowMapping, removal: Removal) -> dict[str, Any]:
    return {
        "seq": article["seq"],
        "owner": article["owner"],
        "digest": digest_of(article["owner"], article["id"]),
        "why": removal.why.value,
        "reason": removal.reason,
        "removed_at": removal.at,
        "version": article["version"],
        "id": article["id"],
        "title": article["title"],
        "content": {name: value for name, value in article.items() if name != "seq"},
        "units": _units_as_json(connection, article["seq"]),
        "words": _kept_away_text(connection, article, removal),
    }


def _kept_away_text(connection: Connection, article: Mapping[Any, Any], removal: Removal) -> str | None:
    """Return the digest that keeps the text away under any id, None where only the id is kept away.

    Only the operator's removals keep a text away: a guild may add what its own people removed.
    """
    by_operator = article["owner"] == OPERATOR or removal.reason == BY_OPERATOR
    if removal.why is DeletionKind.WITHDRAWN or not by_operator:
        return None
    return text_tombstone(connection, article["owner"], article["id"], article["text"])


def _withdrawn_to_removed(connection: Connection, owner: str, id_: str, removal: Removal) -> bool:
    withdrawn = (set_aside.c.digest == digest_of(owner, id_)) & (set_aside.c.why == DeletionKind.WITHDRAWN.value)
    row = connection.execute(select(set_aside).where(withdrawn)).mappings().first()
    if row is None:
        return False
    words = _kept_away_text(connection, row["content"], removal) if row["content"] else None
    now = {"why": DeletionKind.REMOVED.value, "reason": removal.reason or row["reason"], "words": words}
    connection.execute(update(set_aside).where(set_aside.c.seq == row["seq"]).values(now))
    return True


def undelete(connection: Connection, owner: str, id_: str, by: str) -> bool:
    """Undo a soft deletion: the same row, text and vectors. Returns False if there is nothing that `by` may undo.

    Where the archive's model has changed since, the article has no units until `ingest --rebuild`.
    """
    deleted = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_not(None)
    row = connection.execute(select(set_aside).where(deleted)).mappings().first()
    if row is None or row["content"] is None or (row["reason"] == BY_OPERATOR and by != OPERATOR):
        return False
    seq, content = row["seq"], row["content"]
    connection.execute(insert(articles).values(content | {"seq": seq}))
    index_article(connection, seq)
    model = stored_model(connection)
    if model and model.sha256 == content["model"]:
        put_units(connection, seq, [_unit_of_json(unit) for unit in row["units"]])
    find_duplicates(connection, seq, content["text"])
    connection.execute(delete(set_aside).where(set_aside.c.seq == seq))
    return True


def deleted_row(connection: Connection, seq: int) -> RowMapping | None:
    """Return the row of a deleted article, None where it isn't deleted."""
    return connection.execute(select(set_aside).where(set_aside.c.seq == seq)).mappings().first()


def deleted_row_by_digest(connection: Connection, id_: str, owners: Collection[str]) -> int | None:
    """Return the `seq` of a deleted article, purged or not, by its id; None where there is none."""
    digests = [digest_of(owner, id_) for owner in owners]
    newest = select(set_aside.c.seq).where(set_aside.c.digest.in_(digests)).order_by(set_aside.c.seq.desc())
    return connection.scalar(newest.limit(1))


def deleted_edits(connection: Connection, owner: str, id_: str) -> dict[str, Any]:
    """Return the corrections that a deleted article had; none where it isn't deleted, or is purged."""
    deleted = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_not(None)
    content = connection.scalar(select(set_aside.c.content).where(deleted))
    return dict(content["edits"]) if content else {}


def _units_as_json(connection: Connection, seq: int) -> list[dict[str, Any]]:
    query = select(vectors).join(units, units.c.id == vectors.c.unit).where(units.c.article == seq)
    stored = {row.unit: row for row in connection.execute(query)}
    found = [unit_of(row) for row in connection.execute(UNITS.where(units.c.article == seq)).mappings()]
    return [_json_of_unit(unit, stored[unit.id]) for unit in found]


def _json_of_unit(unit: Unit, stored: Any) -> dict[str, Any]:
    return {
        "start": unit.span.start,
        "end": unit.span.end,
        "context": unit.context,
        "digest": stored.digest.hex(),
        "vector": base64.b64encode(stored.vector).decode(),
        "quotation": unit.quotation and _json_of_quotation(unit.quotation),
    }


def _json_of_quotation(quotation: Quotation) -> dict[str, Any]:
    said_on = quotation.said_on
    return quotation_row(quotation) | {"said_on": said_on and said_on.isoformat()}


def _unit_of_json(row: dict[str, Any]) -> NewUnit:
    span, said = Span(row["start"], row["end"]), row["quotation"]
    said_on = date.fromisoformat(said["said_on"]) if said and said["said_on"] else None
    vector = np.frombuffer(base64.b64decode(row["vector"]), dtype="<f2").astype(np.float32)
    quotation = quotation_of(said | {"said_on": said_on}, span) if said else None
    return NewUnit(span, row["context"], quotation, bytes.fromhex(row["digest"]), vector)
