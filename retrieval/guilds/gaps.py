"""Questions that a server's people asked in vain: what its archive lacks. Nothing tells who asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine, delete, insert, select

from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.schema import gaps as table

KEPT = timedelta(days=90)
LOOKED_AT = 300
"""How many questions of a server are kept and grouped, the latest of them."""
ALIKE = 0.75
"""Cosine from which two questions ask for the same."""


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask for the same, the latest first, without repetitions. `count` is how often it was asked."""

    questions: tuple[str, ...]
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class GapRepository:
    """Kept in the archive's database, for `KEPT`. Servers are Discord's ids."""

    database: Engine
    encoder: Encoder
    clock: Callable[[], datetime]

    def add(self, server: int, question: str) -> None:
        today = self.clock().date()
        mine = table.c.server == server
        kept = select(table.c.id).where(mine).order_by(table.c.id.desc()).limit(LOOKED_AT)
        with write_transaction(self.database) as connection:
            connection.execute(insert(table).values(server=server, question=question, asked_on=today))
            connection.execute(delete(table).where(mine, table.c.id.not_in(kept)))

    def of(self, server: int) -> list[Gap]:
        """The most frequent first, and of equals the latest."""
        newest = self.clock().date() - KEPT
        query = select(table.c.question, table.c.asked_on).where(table.c.server == server, table.c.asked_on >= newest)
        with read_transaction(self.database) as connection:
            rows = [(row.question, row.asked_on) for row in connection.execute(query.order_by(table.c.id.desc()))]
        groups = alike(self.encoder.encode([question for question, _ in rows])) if rows else []
        gaps = [_gap([rows[at] for at in group]) for group in groups]
        return sorted(gaps, key=lambda gap: (-gap.count, -gap.last.toordinal()))

    def forget_old(self) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.asked_on < self.clock().date() - KEPT))

    def forget(self, server: int) -> None:
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.server == server))


def alike(vectors: npt.NDArray[np.float32]) -> list[list[int]]:
    """Each vector joins the first group whose first member it comes near; numbers of rows of `vectors`."""
    groups: list[list[int]] = []
    for at, vector in enumerate(vectors):
        near = next((group for group in groups if float(vectors[group[0]] @ vector) >= ALIKE), None)
        if near is None:
            groups.append([at])
        else:
            near.append(at)
    return groups


def _gap(asked: Sequence[tuple[str, date]]) -> Gap:
    first: dict[str, str] = {}
    for question, _ in asked:
        first.setdefault(question.casefold().rstrip("?!. "), question)
    return Gap(tuple(first.values()), len(asked), max(day for _, day in asked))
