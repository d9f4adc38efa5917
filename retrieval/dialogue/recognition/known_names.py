"""What recognition needs to know of an archive: whom it quotes, and whose articles it holds."""

from dataclasses import dataclass
from typing import Protocol


class KnownNames(Protocol):
    """Names of one archive."""

    def publisher(self, name: str) -> str | None:
        """Return the archive's own name of the publisher that `name` means; None where it means none."""
        ...

    def is_speaker(self, name: str) -> bool:
        """Return whether the archive quotes somebody of that name."""
        ...


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Names out of two lists, compared in lower case and without "the"."""

    publishers: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()

    def publisher(self, name: str) -> str | None:
        """Return the publisher of that name."""
        plain = name.lower().removeprefix("the ")
        return next((known for known in self.publishers if known.lower().removeprefix("the ") == plain), None)

    def is_speaker(self, name: str) -> bool:
        """Return whether a speaker has the name, or bears it as a surname."""
        plain = name.lower()
        return any(plain in (known.lower(), known.lower().rpartition(" ")[2]) for known in self.speakers)


NOBODY_KNOWN = ListedNames()
"""The names of an empty archive."""
