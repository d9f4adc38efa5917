"""Replies as values. Doors make cards, sentences and JSON of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from retrieval.dialogue.intents import Intent
from retrieval.domain import Answer, Article


class ReplyKind(StrEnum):
    """What a reply consists of."""

    QUOTATIONS = "quotations"
    VERDICT = "verdict"
    LIST = "list"
    COMPARISON = "comparison"
    ARCHIVE = "archive"
    ARTICLE = "article"
    HELP = "help"
    SMALL_TALK = "small_talk"
    DECLINED = "declined"


class ReplyCode(StrEnum):
    """Every sentence that the program says in its own words."""

    GREETING = "greeting"
    ARTICLES_COUNTED = "articles_counted"


ENGLISH: Mapping[ReplyCode, str] = MappingProxyType(
    {
        ReplyCode.GREETING: "Hello! Ask me who said what, and I look it up in the archive.",
        ReplyCode.ARTICLES_COUNTED: "The archive holds {articles} articles with {quotations} quotations.",
    }
)
"""The English sentence of each code; also the texts that are translated. Numbers and days are written by the door."""

Parameter = str | int | date


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A sentence of the program's own: a code, and the values of its placeholders as pairs of name and value."""

    code: ReplyCode
    parameters: tuple[tuple[str, Parameter], ...] = ()

    @classmethod
    def of(cls, code: ReplyCode, **parameters: Parameter) -> "ReplyText":
        """Return the text with `parameters` by name."""
        return cls(code, tuple(parameters.items()))


@dataclass(frozen=True, slots=True)
class DialogueReply:
    """The reply to one message, or to one wish of it.

    `answer` holds the citations, near misses, verdict, did-you-mean and reading, whatever the kind; small talk has
    none of them. `texts` are the program's own words. `parts` are the replies to the wishes of a message that has
    several, or the sides of a comparison; `answer` is empty then. `article` is what an article reply shows; `intent`
    what was understood, by which a list is turned to its next page; `total` how many a list has in all.
    """

    kind: ReplyKind
    answer: Answer
    texts: tuple[ReplyText, ...] = ()
    parts: tuple["DialogueReply", ...] = ()
    article: Article | None = None
    intent: Intent | None = None
    total: int | None = None
    language: str = "en"
