"""Gaps: questions of a guild that the archive could not answer, grouped by meaning. Nothing tells who asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine, delete, insert, select

from retrieval.store.schema import gaps as table
from retrieval.store.sqlite.database import read_transaction, write_transaction

KEPT = timedelta(days=90)
"""How long a question is kept."""
MOST_QUESTIONS = 300
"""Questions of a guild that are kept and grouped, the latest."""
SAME_QUESTION = 0.75
"""Cosine of embeddings from which two questions count as the same."""


class TextEncoder(Protocol):
    """Embeds texts."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return vectors of length 1, (len(texts), dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was asked `count` times without an answer: the distinct questions, the latest first."""

    questions: tuple[str, ...]
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class GapRepository:
    """Unanswered questions by guild, in the archive's database, for `KEPT`. Guilds are Discord's ids."""

    database: Engine
    encoder: TextEncoder
    clock: Callable[[], datetime]

    def add(self, guild: int, question: str) -> None:
        """Store a question that was asked today."""
        today = self.clock().date()
        mine = table.c.server == guild
        kept = select(table.c.id).where(mine).order_by(table.c.id.desc()).limit(MOST_QUESTIONS)
        with write_transaction(self.database) as connection:
            connection.execute(insert(table).values(server=guild, question=question, asked_on=today))
            connection.execute(delete(table).where(mine, table.c.id.not_in(kept)))

    def of(self, guild: int) -> list[Gap]:
        """Return a guild's gaps, the most frequent first, and of equals the latest."""
        newest = self.clock().date() - KEPT
        query = select(table.c.question, table.c.asked_on).where(table.c.server == guild, table.c.asked_on >= newest)
        with read_transaction(self.database) as connection:
            rows = [(row.question, row.asked_on) for row in connection.execute(query.order_by(table.c.id.desc()))]
        groups = group_questions(self.encoder.encode([question for question, _ in rows])) if rows else []
        gaps = [_gap([rows[at] for at in group]) for group in groups]
        return sorted(gaps, key=lambda gap: (-gap.count, -gap.last.toordinal()))

    def guilds(self) -> set[int]:
        """Return the guilds that have questions."""
        with read_transaction(self.database) as connection:
            return set(connection.scalars(select(table.c.server)))

    def forget_old(self) -> None:
        """Delete the questions that are older than `KEPT`."""
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.asked_on < self.clock().date() - KEPT))

    def forget(self, guild: int) -> None:
        """Delete a guild's questions."""
        with write_transaction(self.database) as connection:
            connection.execute(delete(table).where(table.c.server == guild))


def group_questions(vectors: npt.NDArray[np.float32]) -> list[list[int]]:
    """Group vectors greedily: each joins the first group to whose first member it is near. Returns row numbers."""
    groups: list[list[int]] = []
    for at, vector in enumerate(vectors):
        near = next((group for group in groups if float(vectors[group[0]] @ vector) >= SAME_QUESTION), None)
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
