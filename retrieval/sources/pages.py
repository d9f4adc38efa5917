"""A fetched page -> an article that can take no other site's place."""

from dataclasses import replace
from html import escape

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError
from retrieval.fetching import Fetched
from retrieval.readers import Metadata, read_web_page
from retrieval.readers.dates import normal_date, utc_now
from retrieval.readers.drafts import names
from retrieval.readers.identity import same_site
from retrieval.reasons import Reason, ReasonCode
from retrieval.sources.entries import Entry

_PAGES = {"text/html", "application/xhtml+xml"}
_UNCLEAR = {"", "text/plain", "application/octet-stream"}
_BEGINNINGS = (b"<!doctype html", b"<html", b"<?xml")


def read_page(fetched: Fetched, owner: str = OPERATOR) -> Article:
    """The article of a page. Raises ReadError.

    A page may call another address of its own site the canonical one, and be known by that; where it names another
    site's, which would put it in that article's place, it is known by its own.
    """
    if not _is_page(fetched):
        kind = (fetched.content_type or "nothing known").partition(";")[0].strip()
        raise ReadError(fetched.asked, Reason.of(ReasonCode.NOT_A_WEB_PAGE, kind=kind))
    article = read_web_page(fetched.data, fetched.url, content_type=fetched.content_type, owner=owner)
    if article.url is not None and same_site(article.url, fetched.url):
        return article
    stated = Metadata(url=fetched.url)
    return read_web_page(fetched.data, fetched.url, content_type=fetched.content_type, owner=owner, stated=stated)


def read_excerpt(entry: Entry, owner: str = OPERATOR) -> Article:
    """The article as the source itself gives it. Raises ReadError."""
    title = escape(entry.title or "")
    body = f"<body><article><h1>{title}</h1>{entry.content}</article></body>"
    page = f"<html><head><title>{title}</title></head>{body}</html>"
    stated = Metadata(title=entry.title, url=entry.address)
    article = read_web_page(page.encode(errors="replace"), entry.address, owner=owner, stated=stated)
    return completed(article, entry)


def completed(article: Article, entry: Entry | None) -> Article:
    """With the date and the authors that the source gives, where the page gives none."""
    if entry is None:
        return article
    published = article.published or normal_date(entry.published, utc_now())
    return replace(article, published=published, authors=article.authors or names(entry.authors))


def _is_page(fetched: Fetched) -> bool:
    kind = (fetched.content_type or "").partition(";")[0].strip().lower()
    return kind in _PAGES or (kind in _UNCLEAR and fetched.data[:200].lstrip().lower().startswith(_BEGINNINGS))
