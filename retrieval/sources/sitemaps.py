"""Read the entries of sitemaps, news sitemaps and sitemap indexes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from retrieval.errors import ReadError
from retrieval.readers.unpacking import gunzipped
from retrieval.readers.unreadable import UnreadableContent
from retrieval.sources.listing_entries import ListingEntry

ENTRIES = 1000
MAPS = 20
SIZE = 20 * 1024 * 1024

Fields = dict[str, str]
"""The texts of an element's descendants by their names without namespaces."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The entries of a sitemap, or the addresses of an index's sitemaps; the newest first where dates are given."""

    entries: tuple[ListingEntry, ...] = ()
    maps: tuple[str, ...] = ()


def read_sitemap(data: bytes, address: str) -> Sitemap:
    """Return at most ENTRIES entries or MAPS sitemaps. Raises ReadError for anything but a sitemap."""
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
    """Return the fields of the children that name an address, each address once, the newest first."""
    found = {fields["loc"]: fields for fields in _children(root, name) if fields.get("loc")}
    return sorted(found.values(), key=_changed, reverse=True)[:count]


def _children(root: etree._Element, name: str) -> Iterator[Fields]:
    for child in root.iterchildren(f"{{*}}{name}"):
        yield {
            etree.QName(inner).localname: (inner.text or "").strip() for inner in child.iterdescendants(etree.Element)
        }


def _entry(fields: Fields) -> ListingEntry:
    address = fields["loc"]
    return ListingEntry(
        key=address,
        address=address,
        digest=_changed(fields) or None,
        title=fields.get("title"),
        published=fields.get("publication_date"),
    )


def _changed(fields: Fields) -> str:
    """Return the date as written; dates of one sitemap share a form and so can be sorted as text."""
    return fields.get("lastmod") or fields.get("publication_date") or ""


def _unpacked(data: bytes, address: str) -> bytes:
    try:
        return gunzipped(data, SIZE)
    except UnreadableContent as error:
        raise ReadError(address, str(error)) from None
