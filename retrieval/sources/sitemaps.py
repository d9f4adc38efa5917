"""Sitemaps, news sitemaps and their indexes -> what they list."""

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from retrieval.errors import ReadError, size_in_words
from retrieval.sources.entries import Entry

ENTRIES = 1000
MAPS = 20
SIZE = 20 * 1024 * 1024

Fields = dict[str, str]
"""What an element's descendants hold, by their names without namespaces."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What it lists, and the further sitemaps that it names if it is an index; the newest first where it says when."""

    entries: tuple[Entry, ...] = ()
    maps: tuple[str, ...] = ()


def read_sitemap(data: bytes, address: str) -> Sitemap:
    """At most ENTRIES entries and MAPS sitemaps. Raises ReadError for what is no sitemap."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_unpacked(data, address), parser)
    except etree.XMLSyntaxError:
        raise ReadError(address, "isn't a sitemap") from None
    name = etree.QName(root).localname
    if name == "urlset":
        return Sitemap(entries=tuple(_entry(fields) for fields in _newest(root, "url", ENTRIES)))
    if name == "sitemapindex":
        return Sitemap(maps=tuple(fields["loc"] for fields in _newest(root, "sitemap", MAPS)))
    raise ReadError(address, "isn't a sitemap")


def _newest(root: etree._Element, name: str, count: int) -> list[Fields]:
    """Those that name an address, each address once."""
    found = {fields["loc"]: fields for fields in _children(root, name) if fields.get("loc")}
    return sorted(found.values(), key=_changed, reverse=True)[:count]


def _children(root: etree._Element, name: str) -> Iterator[Fields]:
    for child in root.iterchildren(f"{{*}}{name}"):
        yield {
            etree.QName(inner).localname: (inner.text or "").strip() for inner in child.iterdescendants(etree.Element)
        }


def _entry(fields: Fields) -> Entry:
    address = fields["loc"]
    return Entry(
        key=address,
        address=address,
        digest=_changed(fields) or None,
        title=fields.get("title"),
        published=fields.get("publication_date"),
    )


def _changed(fields: Fields) -> str:
    """As it is written: dates of one sitemap are in one form, and sort well enough."""
    return fields.get("lastmod") or fields.get("publication_date") or ""


def _unpacked(data: bytes, address: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(SIZE + 1)
    except (OSError, EOFError, zlib.error):
        raise ReadError(address, "isn't valid gzip") from None
    if len(unpacked) > SIZE:
        raise ReadError(address, f"is a sitemap of more than {size_in_words(SIZE)}")
    return unpacked
