"""People's decisions on which names mean one speaker: select, insert, delete. Owners see their own alone."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from retrieval.store.schema import speaker_decisions as table


class IdentityVerdict(StrEnum):
    """Whether two names mean one person."""

    SAME = "same"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """What a person decided about two names; it goes before every rule."""

    id: int
    owner: str
    verdict: IdentityVerdict
    first: str
    second: str
    decided_at: str


def decisions(connection: Connection, owners: Collection[str]) -> list[IdentityDecision]:
    """Return the decisions of `owners`, in the order in which they were made."""
    rows = connection.execute(select(table).where(table.c.owner.in_(owners)).order_by(table.c.id)).mappings()
    return [IdentityDecision(**{**row, "verdict": IdentityVerdict(row["verdict"])}) for row in rows]


def add_decision(connection: Connection, decision: IdentityDecision) -> int:
    """Store a decision in place of its owner's earlier one about the two names. Returns its number."""
    names = {decision.first, decision.second}
    mine = table.c.owner == decision.owner
    connection.execute(delete(table).where(mine, table.c.first.in_(names), table.c.second.in_(names)))
    row = {column: value for column, value in asdict(decision).items() if column != "id"}
    number: int = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    return number


def remove_decision(connection: Connection, owner: str, number: int) -> bool:
    """Delete a decision. Returns False if the owner made none of that number."""
    removed = connection.execute(delete(table).where(table.c.owner == owner, table.c.id == number))
    return removed.rowcount > 0
