"""Read a fetched page into an article that can't replace another site's article."""

from dataclasses import replace
from html import escape

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError
from retrieval.fetching import FetchResult
from retrieval.readers.dates import normalise_date, utc_now
from retrieval.readers.drafts import unique_names
from retrieval.readers.files import read_web_page
from retrieval.readers.identity import same_site
from retrieval.readers.metadata import StatedMetadata
from retrieval.reasons import Reason, ReasonCode
from retrieval.sources.listing_entries import ListingEntry

_PAGES = {"text/html", "application/xhtml+xml"}
_UNCLEAR = {"", "text/plain", "application/octet-stream"}
_BEGINNINGS = (b"<!doctype html", b"<html", b"<?xml")


def read_page(fetched: FetchResult, owner: str = OPERATOR) -> Article:
    """Return the article of a page. Raises ReadError.

    A page may name another address of its own site as canonical; where it names another site's, its own address is
    used, lest it replace that site's article.
    """
    if not _is_page(fetched):
        kind = (fetched.content_type or "nothing known").partition(";")[0].strip()
        raise ReadError(fetched.asked, Reason.of(ReasonCode.NOT_A_WEB_PAGE, kind=kind))
    article = read_web_page(fetched.data, fetched.url, content_type=fetched.content_type, owner=owner)
    if article.url is not None and same_site(article.url, fetched.url):
        return article
    stated = StatedMetadata(url=fetched.url)
    return read_web_page(fetched.data, fetched.url, content_type=fetched.content_type, owner=owner, stated=stated)


def read_excerpt(entry: ListingEntry, owner: str = OPERATOR) -> Article:
    """Return the article in an entry's content. Raises ReadError."""
    title = escape(entry.title or "")
    body = f"<body><article><h1>{title}</h1>{entry.content}</article></body>"
    page = f"<html><head><title>{title}</title></head>{body}</html>"
    stated = StatedMetadata(title=entry.title, url=entry.address)
    article = read_web_page(page.encode(errors="replace"), entry.address, owner=owner, stated=stated)
    return fill_gaps(article, entry)


def fill_gaps(article: Article, entry: ListingEntry | None) -> Article:
    """Return the article with the entry's date and authors where the page states none."""
    if entry is None:
        return article
    published = article.published or normalise_date(entry.published, utc_now())
    return replace(article, published=published, authors=article.authors or unique_names(entry.authors))


def _is_page(fetched: FetchResult) -> bool:
    kind = (fetched.content_type or "").partition(";")[0].strip().lower()
    return kind in _PAGES or (kind in _UNCLEAR and fetched.data[:200].lstrip().lower().startswith(_BEGINNINGS))
