"""The values of this benchmark: what an archive quotes, and questions about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a person whom the archive names as certain.

    `reported` marks indirect speech; `around` is the text beside it, which tells the verb of saying. `article` is the
    archive's row.
    """

    text: str
    speaker: str
    article: int
    reported: bool
    around: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `true` where the person said so. `statement` is what the question says, `source` the real words."""

    kind: str
    question: str
    true: bool
    speaker: str
    statement: str
    source: str
