"""Values of the speaker index: appearances in articles, links between names, and entries of one speaker each."""

from dataclasses import dataclass

from retrieval.domain import SpeakerKind


@dataclass(frozen=True, slots=True)
class SpeakerAppearance:
    """One speaker name in one article: its roles there, and how many quotations, how many of them certain.

    `article` is the archive's row.
    """

    name: str
    kind: SpeakerKind | None
    article: int
    roles: tuple[str, ...]
    quotations: int
    certain: int


@dataclass(frozen=True, slots=True)
class NameLink:
    """Why two names are one speaker. `decision` is the number of a person's decision, None where a rule found it."""

    first: str
    second: str
    evidence: str
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One speaker over all articles: the fullest name, and every name and role in the articles, commonest first."""

    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    kind: SpeakerKind | None
    appearances: tuple[SpeakerAppearance, ...]
    links: tuple[NameLink, ...]

    @property
    def quotations(self) -> int:
        """Return the number of quotations."""
        return sum(appearance.quotations for appearance in self.appearances)

    @property
    def certain(self) -> int:
        """Return the number of quotations whose speaker is certain."""
        return sum(appearance.certain for appearance in self.appearances)

    @property
    def articles(self) -> frozenset[int]:
        """Return the rows of the articles that quote this speaker."""
        return frozenset(appearance.article for appearance in self.appearances)
