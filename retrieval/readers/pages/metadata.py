"""Collect a page's metadata: from JSON-LD first, then meta elements, then visible markup."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from retrieval.readers.bylines import looks_like_a_name, parse_authors
from retrieval.readers.pages.headline import headline
from retrieval.readers.pages.json_ld import first_string
from retrieval.readers.pages.markup_of_words import QUOTATION
from retrieval.readers.pages.page_statements import PageStatements, node_headline
from retrieval.readers.pages.tree import class_words, text_content
from retrieval.text.tokens import letters_only

_AUTHOR = ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author", "citation_author")
_PUBLISHED = (
    "article:published_time datepublished og:article:published_time parsely-pub-date pubdate publish-date"
    " publication_date sailthru.date dc.date dc.date.issued dcterms.created date citation_publication_date"
).split()
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified")
_BYLINES = 100  # how many elements are looked at
_QUOTATION_TAGS = frozenset(("blockquote", "q"))
_QUOTATION_DEPTH = 4  # elements around a by-line that are looked at
_BYLINE = re.compile(r" (?:by ?lines?|authors?(?: name)?|writers?|contributors?) ")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states about its article; nothing is guessed from the article's text.

    Dates are as written, the most precise first. `bodies` are the article texts in JSON-LD.
    """

    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: tuple[str, ...]
    modified: tuple[str, ...]
    url: str | None
    descriptions: tuple[str, ...]
    language: str | None
    bodies: tuple[str, ...]


def page_metadata(root: html.HtmlElement) -> PageMetadata:
    """Return the metadata that the page states."""
    page = PageStatements(root)
    return PageMetadata(
        title=_headline(page),
        authors=_authors(page),
        publisher=page.publisher(),
        published=tuple(_dates(page, "datePublished", _PUBLISHED, "published")),
        modified=tuple(_dates(page, "dateModified", _MODIFIED, "modified")),
        url=_url(page),
        descriptions=tuple(dict.fromkeys(page.meta("description", "og:description", "twitter:description"))),
        language=_language(page),
        bodies=tuple(filter(None, (first_string(node.get("articleBody")) for node in page.articles))),
    )


def _headline(page: PageStatements) -> str | None:
    in_data = [title for node in page.articles[:1] if (title := node_headline(node))]
    shared = page.meta("og:title") or page.meta("twitter:title")
    return headline(page.headings, in_data, shared, page.tab_titles, page.publisher() or "")


def _authors(page: PageStatements) -> tuple[str, ...]:
    publisher = letters_only(page.publisher() or "")
    for node in page.articles:
        people = [_person(member) for member in page.data.resolve(node.get("author"))]
        if found := parse_authors(people):
            break
    else:
        found = next(filter(None, (parse_authors(page.meta(name)) for name in _AUTHOR)), ())
    if not found or {letters_only(name) for name in found} <= {publisher}:
        return tuple(_bylines(page.root)) or found
    return found


def _person(member: object) -> str | None:
    if isinstance(member, dict):
        return first_string(member.get("name")) or first_string(member.get("byline"))
    return first_string(member)


def _bylines(root: html.HtmlElement) -> Iterator[str]:
    """Yield the names in the first element marked as an author or a by-line that contains a name."""
    elements = filter(_is_byline, root.iter("a", "span", "p", "div", "address", "h4", "li", "cite"))
    for element in islice(elements, _BYLINES):
        if found := [name for name in parse_authors([text_content(element)]) if looks_like_a_name(name)]:
            yield from found
            return


def _is_byline(element: html.HtmlElement) -> bool:
    if "author" in (element.get("rel"), element.get("itemprop")):
        return True
    return bool(_BYLINE.search(class_words(element))) and not _is_in_quotation(element)


def _is_in_quotation(element: html.HtmlElement) -> bool:
    """Return whether an element names whom the article quotes, and not who wrote it."""
    around = (element, *islice(element.iterancestors(), _QUOTATION_DEPTH))
    return any(each.tag in _QUOTATION_TAGS or QUOTATION.search(class_words(each)) for each in around)


def _dates(page: PageStatements, key: str, names: Iterable[str], word: str) -> Iterator[str]:
    for node in page.articles:
        if written := first_string(node.get(key)):
            yield written
            break
    yield from sorted(page.meta(*names), key=lambda written: "T" not in written)
    for element in page.root.iter("time"):
        if written := element.get("datetime"):
            is_modified = "modified" in class_words(element) or "updated" in class_words(element)
            if is_modified == (word == "modified"):
                yield written
                break


def _url(page: PageStatements) -> str | None:
    links = [
        element.get("href") for element in page.root.iter("link") if (element.get("rel") or "").lower() == "canonical"
    ]
    named = [first_string(node.get("mainEntityOfPage")) or first_string(node.get("url")) for node in page.articles[:1]]
    return next((url for url in [*links, *page.meta("og:url"), *named] if url and url.startswith("http")), None)


def _language(page: PageStatements) -> str | None:
    stated = [first_string(node.get("inLanguage")) for node in page.articles[:1]]
    for written in (page.root.get("lang"), *stated, *page.meta("og:locale", "content-language")):
        if written and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", written):
            return str(written).replace("_", "-")
    return None
