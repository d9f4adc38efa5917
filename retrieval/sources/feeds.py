"""Read the entries of RSS and Atom feeds."""

import hashlib
import html
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import feedparser
import lxml.html
from lxml.etree import LxmlError

from retrieval.errors import FetchRefused, ReadError, size_in_words
from retrieval.fetching.addresses import parse_address
from retrieval.sources.listing_entries import ListingEntry

ENTRIES = 500
SIZE = 5 * 1024 * 1024
_KEY_LENGTH = 2000
_MARKUP = re.compile(r"</?[a-zA-Z]{1,10}[ />]|&[a-zA-Z]{2,8};|&#[xX]?[0-9a-fA-F]{1,6};")
_WHOLE = 600
"""Characters of HTML from which on an entry's content counts as the full article and not as a teaser."""


def read_feed(data: bytes, address: str, content_type: str | None = None) -> tuple[ListingEntry, ...]:
    """Return the first entries with an address, at most ENTRIES. Raises ReadError for anything but a feed.

    A hostile feed of some megabytes keeps the parser busy for hours: call it in the sandbox.
    """
    if len(data) > SIZE:
        raise ReadError(address, f"is a feed of more than {size_in_words(SIZE)}")
    if b"<!ENTITY" in data:
        raise ReadError(address, "is a feed that declares entities of its own")
    entries = _parsed(data, address, content_type or "")
    if entries is None:
        raise ReadError(address, "isn't an RSS or Atom feed")
    return entries


def _parsed(data: bytes, address: str, content_type: str) -> tuple[ListingEntry, ...] | None:
    try:
        found = feedparser.parse(
            io.BytesIO(data),  # text, and bytes too, would be taken for the name of a file first
            response_headers={"content-location": address, "content-type": content_type},
            resolve_relative_uris=False,  # of what is inside the content, which the reader of pages looks after
            sanitize_html=False,
        )
    except Exception:  # it stumbles over some of what isn't a feed
        return None
    if not found.get("version"):
        return None
    entries = (_entry(dict(entry)) for entry in found.entries[:ENTRIES])  # its own kind of dict warns and guesses
    return tuple({entry.key: entry for entry in entries if entry is not None}.values())


def _entry(entry: Mapping[str, Any]) -> ListingEntry | None:
    address = entry.get("link") or ""
    try:
        parse_address(address)
    except FetchRefused:
        return None
    key = (entry.get("id") or address)[:_KEY_LENGTH].encode(errors="replace").decode()
    contents: Sequence[Mapping[str, str]] = entry.get("content", ())
    content = max((part.get("value", "") for part in contents), key=len, default="")
    dates = [entry.get(name) for name in ("published", "updated")]
    said = [entry.get("title"), address, *dates, content, entry.get("summary")]
    return ListingEntry(
        key=key,
        address=address,
        digest=hashlib.sha256(repr(said).encode()).hexdigest(),
        title=_plain(entry.get("title")),
        published=next((written for written in dates if written), None),
        authors=tuple(author["name"] for author in entry.get("authors", ()) if author.get("name")),
        content=content if len(content) >= _WHOLE else None,
    )


def _plain(title: str | None) -> str | None:
    """Return a title without markup and entities, which many feeds escape once too often."""
    if not title or not _MARKUP.search(title):
        return title
    try:
        shown = lxml.html.fragment_fromstring(title, create_parent="div").text_content()
    except (ValueError, LxmlError):
        return title
    return html.unescape(shown).strip() or title
