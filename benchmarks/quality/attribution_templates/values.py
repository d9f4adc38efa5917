"""The values of this benchmark: invented people, quotations with their speakers, and articles."""

from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """How a person is named in the attribution."""

    PLAIN = "first name and surname"
    PARTICLE = "with a particle"
    HYPHEN = "with a hyphen"
    ONE_WORD = "one word"
    THREE_WORDS = "three words"
    TITLE = "with a title"
    INITIALS = "with initials"
    NICKNAME = "nickname in marks"
    SUFFIX = "with a suffix"
    HANDLE = "handle"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Person:
    """`shown` is the name as the article writes it, `name` without title, suffix and nickname: what is expected."""

    shown: str
    name: str
    kind: NameKind
    language: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that the article puts between marks, and the name of who says them."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class TemplateArticle:
    """An article and what is expected of it.

    `text` is plain text, or a page of HTML where `page` is true. `targets` are judged; `around` are the other
    quotations, in ordinary clauses.
    """

    id: str
    text: str
    page: bool
    template: str
    frame: str
    person: Person
    verb: str | None
    verb_kind: str
    targets: tuple[Spoken, ...]
    around: tuple[Spoken, ...]
