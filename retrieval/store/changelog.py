"""The change log: what a search index must take in to be up to date, and which model made the archive's vectors.

An index is a cache. It holds the number of the last change that it took in; `changes_since` gives the rest.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, delete, func, insert, select

from retrieval.domain import EmbeddingModel
from retrieval.errors import ModelMismatch
from retrieval.store.records import ArchiveState, ChangeSet, UnitBatch
from retrieval.store.schema import articles, changes, meta, quotations, units, vectors

BATCH = 4096
"""Units that are read at once: with vectors of 384 dimensions, 3 MB."""
NOTHING = ArchiveState(0, 0)
"""The state of an archive without changes, and of an index that holds nothing."""

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


def current_state(connection: Connection) -> ArchiveState:
    """Return the number and mark of the last change."""
    last = connection.execute(select(changes.c.seq, changes.c.mark).order_by(changes.c.seq.desc()).limit(1)).first()
    return ArchiveState(*last) if last else NOTHING


def changes_since(connection: Connection, since: ArchiveState) -> ChangeSet:
    """Return what an index that stands at `since` must take in.

    A unit that came and went in between is in `removed` alone. Where the archive doesn't know the change `since`, the
    index starts anew.
    """
    held = select(changes.c.seq).where(changes.c.seq == since.generation, changes.c.mark == since.mark)
    anew = since == NOTHING or connection.scalar(held) is None
    after = changes.c.seq > (0 if anew else since.generation)
    gone = select(changes.c.first_unit, changes.c.last_unit).where(after, changes.c.op == "removed")
    first = connection.scalar(select(func.min(changes.c.first_unit)).where(after, changes.c.op == "added"))
    return ChangeSet(
        state=current_state(connection),
        model=stored_model(connection),
        anew=anew,
        removed=[] if anew else [range(low, high + 1) for low, high in connection.execute(gone)],
        added=batches_from(connection, first) if first is not None else iter(()),
    )


def batches_from(connection: Connection, first: int) -> Iterator[UnitBatch]:
    """Yield the units with ids of `first` or more, in the order of their ids."""
    rows = connection.execution_options(yield_per=BATCH).execute(ATTRIBUTES.where(units.c.id >= first))
    for part in rows.partitions():
        yield _batch(part)


def _batch(rows: Sequence[Row[*tuple[Any, ...]]]) -> UnitBatch:
    ids, blobs, owners, publishers, days, speakers = zip(*rows, strict=True)
    return UnitBatch(np.array(ids, dtype=np.int64), matrix(blobs), owners, publishers, days, speakers)


def matrix(blobs: Sequence[bytes]) -> npt.NDArray[np.float16]:
    """Return stored vectors as (len(blobs), dimension); no blobs give (0, 0)."""
    if not blobs:
        return np.empty((0, 0), dtype=np.float16)
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)


def stored_model(connection: Connection) -> EmbeddingModel | None:
    """Return the model that makes the archive's vectors, None before the first."""
    rows = connection.execute(select(meta.c.key, meta.c.value).where(meta.c.key.like("model.%")))
    values = {key: value for key, value in rows}  # noqa: C416
    if not values:
        return None
    return EmbeddingModel(values["model.name"], values["model.sha256"])


def store_model(connection: Connection, model: EmbeddingModel) -> None:
    """Take `model` as the one that makes the archive's vectors."""
    connection.execute(delete(meta).where(meta.c.key.like("model.%")))
    values = {"name": model.name, "sha256": model.sha256}
    connection.execute(insert(meta), [{"key": f"model.{key}", "value": value} for key, value in values.items()])


def expect_model(connection: Connection, model: EmbeddingModel) -> None:
    """Raise ModelMismatch unless the archive's vectors are `model`'s, or it has none."""
    stored = stored_model(connection)
    if stored is None:
        return
    if stored.sha256 != model.sha256:
        raise ModelMismatch(
            f"the archive's vectors were made by the model {stored.name} ({stored.sha256[:12]}), and the setting "
            f"names {model.name} ({model.sha256[:12]}); set ONTHERECORD_MODEL back, or let `ontherecord ingest "
            "--rebuild` make them anew"
        )
    if connection.scalar(select(articles.c.seq).where(articles.c.model != model.sha256).limit(1)) is not None:
        raise ModelMismatch("changing the archive's model was cut short; `ontherecord ingest --rebuild` finishes it")
