"""What engines take in: the units that came and went since a change, a few thousand at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, func, select

from retrieval.store.model import stored_model
from retrieval.store.records import Batch, Feed, State
from retrieval.store.schema import articles, changes, quotations, units, vectors

BATCH = 4096
NOTHING = State(0, 0)

ATTRIBUTES = (
    select(
        units.c.id,
        vectors.c.vector,
        articles.c.owner,
        articles.c.publisher,
        func.substr(articles.c.published, 1, 10),
        quotations.c.speaker_name,
    )
    .join(vectors, vectors.c.unit == units.c.id)
    .join(articles, articles.c.seq == units.c.article)
    .outerjoin(quotations, quotations.c.unit == units.c.id)
    .order_by(units.c.id)
)


def state(connection: Connection) -> State:
    last = connection.execute(select(changes.c.seq, changes.c.mark).order_by(changes.c.seq.desc()).limit(1)).first()
    return State(*last) if last else NOTHING


def changes_since(connection: Connection, since: State) -> Feed:
    """A unit that came and went in between is in `removed` alone."""
    held = select(changes.c.seq).where(changes.c.seq == since.generation, changes.c.mark == since.mark)
    anew = since == NOTHING or connection.scalar(held) is None
    after = changes.c.seq > (0 if anew else since.generation)
    gone = select(changes.c.first_unit, changes.c.last_unit).where(after, changes.c.op == "removed")
    first = connection.scalar(select(func.min(changes.c.first_unit)).where(after, changes.c.op == "added"))
    return Feed(
        state=state(connection),
        model=stored_model(connection),
        anew=anew,
        removed=[] if anew else [range(low, high + 1) for low, high in connection.execute(gone)],
        added=batches(connection, first) if first is not None else iter(()),
    )


def batches(connection: Connection, first: int) -> Iterator[Batch]:
    rows = connection.execution_options(yield_per=BATCH).execute(ATTRIBUTES.where(units.c.id >= first))
    for part in rows.partitions():
        yield batch(part)


def batch(rows: Sequence[Row[*tuple[Any, ...]]]) -> Batch:
    ids, blobs, owners, publishers, days, speakers = zip(*rows, strict=True)
    return Batch(np.array(ids, dtype=np.int64), matrix(blobs), owners, publishers, days, speakers)


def matrix(blobs: Sequence[bytes]) -> npt.NDArray[np.float16]:
    """Stored vectors as (len(blobs), dimension); no blobs give (0, 0)."""
    if not blobs:
        return np.empty((0, 0), dtype=np.float16)
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
