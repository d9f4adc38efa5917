"""RSS and Atom -> what they list."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import feedparser

from retrieval.errors import ReadError
from retrieval.readers.limits import in_words
from retrieval.sources.entries import Entry

ENTRIES = 500
SIZE = 5 * 1024 * 1024
_KEY_LENGTH = 2000
_WHOLE = 600
"""Characters of HTML from which on a feed's content counts as the article itself and not as a teaser."""


def read_feed(data: bytes, address: str, content_type: str | None = None) -> tuple[Entry, ...]:
    """The first entries, as many as ENTRIES, of those with an address. Raises ReadError for what is no feed."""
    if len(data) > SIZE:
        raise ReadError(address, f"is a feed of more than {in_words(SIZE)}")
    if b"<!ENTITY" in data:
        raise ReadError(address, "is a feed that declares entities of its own")
    # As a stream: text, and bytes, are taken for the name of a file first.
    found = feedparser.parse(
        io.BytesIO(data), response_headers={"content-location": address, "content-type": content_type or ""}
    )
    if not found.version:
        raise ReadError(address, "isn't an RSS or Atom feed")
    entries = (_entry(dict(entry)) for entry in found.entries[:ENTRIES])  # its own kind of dict warns and guesses
    return tuple({entry.key: entry for entry in entries if entry is not None}.values())


def _entry(entry: Mapping[str, Any]) -> Entry | None:
    address = entry.get("link") or ""
    if urlsplit(address).scheme not in ("http", "https"):
        return None
    contents: Sequence[Mapping[str, str]] = entry.get("content", ())
    content = max((part.get("value", "") for part in contents), key=len, default="")
    dates = [entry.get(name) for name in ("published", "updated")]
    said = [entry.get("title"), address, *dates, content, entry.get("summary")]
    return Entry(
        key=(entry.get("id") or address)[:_KEY_LENGTH],
        address=address,
        digest=hashlib.sha256(repr(said).encode()).hexdigest(),
        title=entry.get("title"),
        published=next((written for written in dates if written), None),
        authors=tuple(author["name"] for author in entry.get("authors", ()) if author.get("name")),
        content=content if len(content) >= _WHOLE else None,
    )
