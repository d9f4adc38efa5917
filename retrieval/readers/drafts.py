"""The draft of an article that a format's parser gives, and the checks that make an Article of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError, size_in_words
from retrieval.readers.dates import normalise_date, utc_now
from retrieval.readers.identity import canonical_url, stable_id
from retrieval.readers.limits import DEFAULT_LIMITS, ReaderLimits
from retrieval.readers.metadata import NOTHING_STATED, StatedMetadata
from retrieval.reasons import Reason, ReasonCode

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_LINE_LENGTH = 1000
_AUTHORS = 50


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article before it is checked.

    Dates and addresses are as written; of several dates the first possible one counts. `id` is set only where the
    source gives one.
    """

    text: str
    title: str | None = None
    id: str | None = None
    authors: Sequence[str] = ()
    publisher: str | None = None
    published: Sequence[str] = ()
    modified: Sequence[str] = ()
    url: str | None = None
    summary: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ReadContext:
    """Where an article is read from, and the options of reading it.

    `name` is the path or address that people know; `key` (the absolute path) identifies an article that has neither
    an address nor an id. `stated` is metadata from the operator, which wins over the article's own.
    """

    name: str
    key: str | None = None
    stated: StatedMetadata = NOTHING_STATED
    owner: str = OPERATOR
    limits: ReaderLimits = DEFAULT_LIMITS
    now: datetime = field(default_factory=utc_now)


def make_article(
    draft: ArticleDraft, context: ReadContext, *, where: str | None = None, key: str | None = None
) -> Article:
    """Return the article of a draft. Raises ReadError if it has no usable text or the stated metadata is invalid.

    `where` names the place for messages (a line or an item of the file), `key` identifies it; both default to the
    context's.
    """
    where = where or context.name
    _check_text(draft.text, context.limits, where)
    stated = context.stated
    published, address = _stated_values(stated, context.now, where)
    url = address or canonical_url(draft.url)
    return Article(
        id=_article_id(draft, url, key or context.key or context.name, context.owner),
        title=one_line(stated.title) or one_line(draft.title) or "Untitled",
        text=draft.text,
        authors=unique_names(stated.authors or draft.authors),
        publisher=one_line(stated.publisher) or one_line(draft.publisher),
        published=published or _first_date(draft.published, context.now),
        modified=_first_date(draft.modified, context.now),
        url=url,
        summary=one_line(draft.summary),
        language=one_line(draft.language),
        source=context.name,
        owner=context.owner,
    )


def _stated_values(stated: StatedMetadata, now: datetime, where: str) -> tuple[str | None, str | None]:
    """Return the stated date and address in their stored form. Raises ReadError for an invalid one."""
    published, url = normalise_date(stated.published, now), canonical_url(stated.url)
    if stated.published and published is None:
        raise ReadError(f"{where}, field published", f"{stated.published!r} isn't a date that can be")
    if stated.url and url is None:
        raise ReadError(f"{where}, field url", f"{stated.url!r} isn't an http or https address")
    return published, url


def _article_id(draft: ArticleDraft, url: str | None, key: str, owner: str) -> str:
    """Return the id of an article: the source's own, or a stable one of its address or `key`.

    A source's own id is used for the operator's files alone, so that a server's file can't replace an article. An
    address without a path names a site and identifies no article.
    """
    if draft.id and owner == OPERATOR:
        return draft.id
    if url and urlsplit(url).path == "/" and not urlsplit(url).query:
        url = None
    return stable_id(draft.id or url or key, owner)


def _first_date(written: Sequence[str], now: datetime) -> str | None:
    return next((day for one in written if (day := normalise_date(one, now))), None)


def one_line(value: str | None) -> str | None:
    """Return the value without control characters and repeated spaces; None when nothing is left."""
    return " ".join(_CONTROLS.sub(" ", value[:_LINE_LENGTH]).split()) or None if value else None


def unique_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return each name once, cleaned and in order, at most 50."""
    cleaned = (one_line(value) for value in values[:_AUTHORS])
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _check_text(text: str, limits: ReaderLimits, where: str) -> None:
    if not text.strip():
        raise ReadError(where, Reason.of(ReasonCode.NO_TEXT))
    if len(text) > limits.text:
        raise ReadError(where, f"its text is longer than {size_in_words(limits.text)}")
    if "\0" in text:
        raise ReadError(where, "its text holds NUL characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(where, f"its text holds a lone surrogate at character {error.start}") from None
