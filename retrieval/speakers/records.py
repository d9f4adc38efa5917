"""The ledger's values: who speaks in an article, what a person decided about names, and what makes one entry."""

from dataclasses import dataclass

from retrieval.domain import SpeakerKind


@dataclass(frozen=True, slots=True)
class SpeakerAppearance:
    """One speaker of one article, as its quotations name them. `article` is the archive's row."""

    name: str
    kind: SpeakerKind | None
    article: int
    roles: tuple[str, ...]
    quotations: int
    certain: int


@dataclass(frozen=True, slots=True)
class NameLink:
    """Why two names are one entry. `decision` is the person's that it rests on, None where a rule found it."""

    first: str
    second: str
    evidence: str
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One speaker of the ledger: the fullest name, every name and role in the articles, commonest first."""

    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    kind: SpeakerKind | None
    appearances: tuple[SpeakerAppearance, ...]
    links: tuple[NameLink, ...]

    @property
    def quotations(self) -> int:
        return sum(appearance.quotations for appearance in self.appearances)

    @property
    def certain(self) -> int:
        return sum(appearance.certain for appearance in self.appearances)

    @property
    def articles(self) -> frozenset[int]:
        return frozenset(appearance.article for appearance in self.appearances)
