"""Articles that were removed, or withdrawn by their publisher: out of every search at once, and kept until the purge,
so that a removal can be undone."""

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from retrieval.articles import OPERATOR, Quotation, Span
from retrieval.store.copies import relate
from retrieval.store.model import stored_model
from retrieval.store.queries import UNITS
from retrieval.store.rows import quotation_of, quotation_row, unit_of
from retrieval.store.schema import articles, set_aside, units, vectors
from retrieval.store.values import NewUnit, Unit
from retrieval.store.writing import forget, index_article, put_units

BY_OPERATOR = "by the operator"
"""The reason of a removal that the article's own server can't undo."""


class Why(StrEnum):
    REMOVED = "removed"  # by a person; reading the article again doesn't bring it back
    WITHDRAWN = "withdrawn"  # by its publisher; it comes back when it is published again


@dataclass(frozen=True, slots=True)
class Removal:
    """`reason` is for operators."""

    why: Why
    at: str
    reason: str | None = None


def digest_of(owner: str, id_: str) -> str:
    """What tells an article again of which nothing may be kept."""
    return hashlib.sha256(f"{owner}\0{id_}".encode()).hexdigest()


def put_aside(connection: Connection, owner: str, id_: str, removal: Removal) -> bool:
    """False if there is no such article. One that was withdrawn can still be removed, so that it stays away."""
    row = connection.execute(select(articles).where(articles.c.owner == owner, articles.c.id == id_)).mappings().first()
    if row is None:
        return removal.why is Why.REMOVED and _keep_away(connection, owner, id_, removal.reason)
    stored = {
        "seq": row["seq"],
        "owner": owner,
        "digest": digest_of(owner, id_),
        "why": removal.why.value,
        "reason": removal.reason,
        "removed_at": removal.at,
        "version": row["version"],
        "id": id_,
        "title": row["title"],
        "content": {name: value for name, value in row.items() if name != "seq"},
        "units": _units(connection, row["seq"]),
    }
    connection.execute(insert(set_aside).values(stored))
    forget(connection, row["seq"], row["version"])
    connection.execute(delete(articles).where(articles.c.seq == row["seq"]))
    return True


def _keep_away(connection: Connection, owner: str, id_: str, reason: str | None) -> bool:
    withdrawn = (set_aside.c.digest == digest_of(owner, id_)) & (set_aside.c.why == Why.WITHDRAWN.value)
    now = {"why": Why.REMOVED.value, "reason": reason or set_aside.c.reason}
    return connection.execute(update(set_aside).where(withdrawn).values(now)).rowcount > 0


def put_back(connection: Connection, owner: str, id_: str, by: str) -> bool:
    """Undo it: the same row, the same words and vectors. False if there is nothing that `by` may undo any more.

    Where the archive's model has changed since, the article waits for `ingest --rebuild`.
    """
    lost = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_not(None)
    row = connection.execute(select(set_aside).where(lost)).mappings().first()
    if row is None or row["content"] is None or (row["reason"] == BY_OPERATOR and by != OPERATOR):
        return False
    seq, content = row["seq"], row["content"]
    connection.execute(insert(articles).values(content | {"seq": seq}))
    index_article(connection, seq)
    model = stored_model(connection)
    if model and model.sha256 == content["model"]:
        put_units(connection, seq, [_unit_of(unit) for unit in row["units"]])
    relate(connection, seq, content["text"])
    connection.execute(delete(set_aside).where(set_aside.c.seq == seq))
    return True


def aside_of(connection: Connection, seq: int) -> RowMapping | None:
    """What is known of an article that was removed or withdrawn."""
    return connection.execute(select(set_aside).where(set_aside.c.seq == seq)).mappings().first()


def row_by_digest(connection: Connection, id_: str, owners: Collection[str]) -> int | None:
    """The row of one that may have been purged since."""
    digests = [digest_of(owner, id_) for owner in owners]
    newest = select(set_aside.c.seq).where(set_aside.c.digest.in_(digests)).order_by(set_aside.c.seq.desc())
    return connection.scalar(newest.limit(1))


def kept_away(connection: Connection, owner: str, id_: str) -> RowMapping | None:
    """What is known of an article that a person removed; None where reading it again may store it."""
    removed = (set_aside.c.digest == digest_of(owner, id_)) & (set_aside.c.why == Why.REMOVED.value)
    return connection.execute(select(set_aside).where(removed)).mappings().first()


def edits_aside(connection: Connection, owner: str, id_: str) -> dict[str, Any]:
    """The corrections that an article had; none where it isn't aside, or is purged."""
    lost = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_not(None)
    content = connection.scalar(select(set_aside.c.content).where(lost))
    return dict(content["edits"]) if content else {}


def let_in(connection: Connection, owner: str, id_: str) -> bool:
    """Forget that a purged article was removed."""
    purged = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_(None)
    return connection.execute(delete(set_aside).where(purged, set_aside.c.why == Why.REMOVED.value)).rowcount > 0


def _units(connection: Connection, seq: int) -> list[dict[str, Any]]:
    query = select(vectors).join(units, units.c.id == vectors.c.unit).where(units.c.article == seq)
    stored = {row.unit: row for row in connection.execute(query)}
    found = [unit_of(row) for row in connection.execute(UNITS.where(units.c.article == seq)).mappings()]
    return [_unit_row(unit, stored[unit.id]) for unit in found]


def _unit_row(unit: Unit, stored: Any) -> dict[str, Any]:
    return {
        "start": unit.span.start,
        "end": unit.span.end,
        "context": unit.context,
        "digest": stored.digest.hex(),
        "vector": base64.b64encode(stored.vector).decode(),
        "quotation": unit.quotation and _quotation_json(unit.quotation),
    }


def _quotation_json(quotation: Quotation) -> dict[str, Any]:
    said_on = quotation.said_on
    return quotation_row(quotation) | {"said_on": said_on and said_on.isoformat()}


def _unit_of(row: dict[str, Any]) -> NewUnit:
    span, said = Span(row["start"], row["end"]), row["quotation"]
    said_on = date.fromisoformat(said["said_on"]) if said and said["said_on"] else None
    vector = np.frombuffer(base64.b64decode(row["vector"]), dtype="<f2").astype(np.float32)
    quotation = quotation_of(said | {"said_on": said_on}, span) if said else None
    return NewUnit(span, row["context"], quotation, bytes.fromhex(row["digest"]), vector)
