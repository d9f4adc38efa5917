"""What the reader of one format got out, and the checks that make an Article of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError, size_in_words
from retrieval.readers.dates import normal_date, utc_now
from retrieval.readers.identity import canonical_url, stable_id
from retrieval.readers.limits import DEFAULT_LIMITS, Limits
from retrieval.readers.metadata import NOTHING_STATED, Metadata
from retrieval.reasons import Reason, ReasonCode

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_LINE_LENGTH = 1000
_AUTHORS = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it is checked. Dates and addresses are as found, and the first date that is possible counts;
    `id` is set only where the source gives one.
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
class Origin:
    """Where an article is read from, and what its reader is told. `name` is the path or address that people know,
    `key` what an article without address or id is known by: the absolute path."""

    name: str
    key: str | None = None
    stated: Metadata = NOTHING_STATED
    owner: str = OPERATOR
    limits: Limits = DEFAULT_LIMITS
    now: datetime = field(default_factory=utc_now)


def finish(draft: Draft, origin: Origin, *, where: str | None = None, key: str | None = None) -> Article:
    """Raises ReadError, naming `where` (the origin, unless a line of it is meant), if there is no usable text."""
    where = where or origin.name
    _check_text(draft.text, origin.limits, where)
    stated = origin.stated
    published, address = _checked(stated, origin.now, where)
    url = address or canonical_url(draft.url)
    return Article(
        id=_id(draft, url, key or origin.key or origin.name, origin.owner),
        title=one_line(stated.title) or one_line(draft.title) or "Untitled",
        text=draft.text,
        authors=names(stated.authors or draft.authors),
        publisher=one_line(stated.publisher) or one_line(draft.publisher),
        published=published or _first_date(draft.published, origin.now),
        modified=_first_date(draft.modified, origin.now),
        url=url,
        summary=one_line(draft.summary),
        language=one_line(draft.language),
        source=origin.name,
        owner=origin.owner,
    )


def _checked(stated: Metadata, now: datetime, where: str) -> tuple[str | None, str | None]:
    """The date and the address as they are stored. Raises ReadError for what can be neither."""
    published, url = normal_date(stated.published, now), canonical_url(stated.url)
    if stated.published and published is None:
        raise ReadError(f"{where}, field published", f"{stated.published!r} isn't a date that can be")
    if stated.url and url is None:
        raise ReadError(f"{where}, field url", f"{stated.url!r} isn't an http or https address")
    return published, url


def _id(draft: Draft, url: str | None, key: str, owner: str) -> str:
    """The source's own id is kept for the operator alone, so that nobody else's file can replace an article.

    An address without a path names a site: pages that call it their own are told apart by where they lie.
    """
    if draft.id and owner == OPERATOR:
        return draft.id
    if url and urlsplit(url).path == "/" and not urlsplit(url).query:
        url = None
    return stable_id(draft.id or url or key, owner)


def _first_date(written: Sequence[str], now: datetime) -> str | None:
    return next((day for one in written if (day := normal_date(one, now))), None)


def one_line(value: str | None) -> str | None:
    """Without control characters and doubled spaces; None when nothing is left."""
    return " ".join(_CONTROLS.sub(" ", value[:_LINE_LENGTH]).split()) or None if value else None


def names(values: Sequence[str]) -> tuple[str, ...]:
    """Each name once, in order."""
    cleaned = (one_line(value) for value in values[:_AUTHORS])
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _check_text(text: str, limits: Limits, where: str) -> None:
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
