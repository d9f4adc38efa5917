"""The values of this benchmark: names that the labels hold, and pairs of names."""

from dataclasses import dataclass
from enum import StrEnum


class Bearer(StrEnum):
    """What bears a name, in the words of the labels."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker of the labels: the full name and the other ways in which its article names it."""

    name: str
    aliases: tuple[str, ...]
    bearer: Bearer

    @property
    def first(self) -> str:
        """The first word."""
        return self.name.split()[0]

    @property
    def surname(self) -> str:
        """The last word."""
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one person's.

    `part` marks a surname alone: a name may mean its bearer, while no ledger can join it on the name's evidence.
    """

    kind: str
    first: str
    second: str
    same: bool
    bearers: tuple[Bearer, Bearer] = (Bearer.PERSON, Bearer.PERSON)
    part: bool = False
