"""Detect what kind of source an address is by fetching it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html

from retrieval.domain import SourceKind
from retrieval.errors import ReadError
from retrieval.fetching import Fetcher, FetchResult
from retrieval.sources.source_reader import SourceReader

_FEEDS = {"application/rss+xml", "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class DetectedSource:
    """The kind of a source; `feeds` are the addresses of feeds that a page names."""

    kind: SourceKind
    feeds: tuple[str, ...] = ()


def detect_source(address: str, fetcher: Fetcher, reader: SourceReader) -> DetectedSource:
    """Return the kind of source at an address; without a scheme it is a folder. Raises FetchError."""
    if "://" not in address:
        return DetectedSource(SourceKind.FOLDER)
    fetched = fetcher.fetch(address)
    if _reads(reader.feed, fetched):
        return DetectedSource(SourceKind.FEED)
    if _reads(reader.sitemap, fetched):
        return DetectedSource(SourceKind.SITEMAP)
    return DetectedSource(SourceKind.PAGE, _linked_feeds(fetched, reader))


def _reads(read: Callable[[bytes, str], object], fetched: FetchResult) -> bool:
    try:
        read(fetched.data, fetched.url)
    except ReadError:
        return False
    return True


def _linked_feeds(fetched: FetchResult, reader: SourceReader) -> tuple[str, ...]:
    try:
        return reader.links_to_feeds(fetched, feeds_of)
    except ReadError:
        return ()


def feeds_of(fetched: FetchResult) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names."""
    try:
        links = html.fromstring(fetched.data).iter("link")
    except (etree.ParserError, ValueError):
        return ()
    named = (link.get("href", "") for link in links if link.get("type", "").lower() in _FEEDS)
    return tuple(joined for href in named if (joined := _joined(fetched.url, href)))


def _joined(address: str, href: str) -> str | None:
    try:
        return urljoin(address, href)
    except ValueError:  # brackets that hold no IPv6 address
        return None
