"""What a page states about its article: JSON-LD first, then meta elements, then what is marked up on the page itself."""

import html as entities
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import html

from retrieval.readers.bylines import authors_from, looks_like_a_name
from retrieval.readers.structured import Node, StructuredData, string, structured_data
from retrieval.readers.tree import content, letters, words_of

_AUTHOR = ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author", "citation_author")
_PUBLISHED = (
    "article:published_time datepublished og:article:published_time parsely-pub-date pubdate publish-date publication_date"
    " sailthru.date dc.date dc.date.issued dcterms.created date citation_publication_date"
).split()
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified")
_SITE_SEPARATOR = re.compile(r"\s+(?:[|–—•·*»]|-)\s+")
_LIVE = re.compile(r"\bLIVE\b|\blive (?:updates|blog)\b|^live:", re.MULTILINE)
_WORDS_CUT_FOR_SHARING = 8
_TITLE_LENGTH = 15  # the shortest that a headline may be cut to
_BYLINE = re.compile(r" (?:by ?lines?|authors?(?: name)?|writers?|contributors?) ")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Dates are as the page writes them, the most precise first. Nothing here is guessed from the article's text."""

    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: tuple[str, ...]
    modified: tuple[str, ...]
    url: str | None
    descriptions: tuple[str, ...]
    language: str | None
    bodies: tuple[str, ...]


def page_facts(root: html.HtmlElement) -> PageFacts:
    page = _Page(root)
    return PageFacts(
        title=_title(page),
        authors=_authors(page),
        publisher=page.publisher(),
        published=tuple(_dates(page, "datePublished", _PUBLISHED, "published")),
        modified=tuple(_dates(page, "dateModified", _MODIFIED, "modified")),
        url=_url(page),
        descriptions=tuple(dict.fromkeys(page.meta("description", "og:description", "twitter:description"))),
        language=_language(page),
        bodies=tuple(filter(None, (string(node.get("articleBody")) for node in page.articles))),
    )


class _Page:
    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.data: StructuredData = structured_data(root)
        self._metas: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if value := " ".join((element.get("content") or "").split()):
                self._metas.setdefault(name.lower(), []).append(value)
        self.articles = self._ordered()

    def meta(self, *names: str) -> list[str]:
        return [value for name in names for value in self._metas.get(name, ())]

    def publisher(self) -> str | None:
        stated = self.meta("og:site_name", "application-name")
        nodes = [member for article in self.articles for member in self.data.resolve(article.get("publisher"))]
        return next((name for name in [*stated[:1], *map(string, nodes)] if name and "/" not in name), None)

    def _ordered(self) -> tuple[Node, ...]:
        """The article that the page is about first: others are teasers, and updates of a live page."""
        headings = {letters(content(element)) for element in self.root.iter("h1")}
        headings |= {letters(title) for title in self.meta("og:title", "twitter:title")}
        return tuple(sorted(self.data.articles, key=lambda node: letters(_headline(node) or "") not in headings))


def _headline(node: Node) -> str | None:
    headline = string(node.get("headline")) or string(node.get("name"))
    return entities.unescape(headline) if headline else None


def _title(page: _Page) -> str | None:
    """The headline that most of the page's statements agree on; among equals the page's own heading.

    Where the page also states it shortened for sharing, or without a word in its data, or without saying that it is
    live, that form is taken: it is the later one.
    """
    stated = [_headline(node) for node in page.articles[:1]]
    shared = page.meta("og:title") or page.meta("twitter:title")
    in_tab = [content(element) for element in page.root.iter("title")]
    elsewhere = {letters(form) for title in [*stated, *shared, *in_tab] if title for form in _forms(title)}
    headings = [content(element) for element in page.root.iter("h1")]
    headings.sort(key=lambda heading: letters(heading) not in elsewhere)
    groups = [headings, stated, shared, in_tab]
    forms = [form for group in groups for title in group[:1] if title for form in _forms(title)]
    if not forms:
        return None
    votes = Counter(letters(form) for form in forms)
    best = max(forms, key=lambda form: votes[letters(form)])
    whole = [_without_site(title, page.publisher() or "") for group in groups for title in group[:1] if title]
    if _LIVE.search(best):
        return next((title for title in whole if not _LIVE.search(title)), best)
    for title, most in ((shared[:1], _WORDS_CUT_FOR_SHARING), (stated, 1)):
        if title and title[0] and 0 < _words_left_out(title[0], best) <= most:
            return _without_site(title[0], page.publisher() or "")
    return _without_site(best, page.publisher() or "")


def _forms(title: str) -> list[str]:
    """A title as it is, and without what follows each of its last separators: a section, the site's name."""
    cuts = [match.start() for match in _SITE_SEPARATOR.finditer(title)][-3:]
    return [title, *(title[:cut] for cut in reversed(cuts) if cut >= _TITLE_LENGTH)]


def _without_site(title: str, publisher: str) -> str:
    head, last = title, ""
    if found := list(_SITE_SEPARATOR.finditer(title)):
        head, last = title[: found[-1].start()], title[found[-1].end() :]
    return head if letters(last) and letters(last) in letters(publisher) else title


def _words_left_out(short: str, full: str) -> int:
    """How many words of `full` are missing from `short`, articles aside; 0 if `short` also puts words in."""
    words, all_words = _words(short), _words(full)
    rest = iter(all_words)
    return len(all_words) - len(words) if len(words) >= 5 and all(word in rest for word in words) else 0


def _words(title: str) -> list[str]:
    return [word for word in map(letters, title.split()) if word not in {"", "a", "an", "the"}]


def _authors(page: _Page) -> tuple[str, ...]:
    publisher = letters(page.publisher() or "")
    for node in page.articles:
        people = [_person(member) for member in page.data.resolve(node.get("author"))]
        if found := authors_from(people):
            break
    else:
        found = next(filter(None, (authors_from(page.meta(name)) for name in _AUTHOR)), ())
    if not found or {letters(name) for name in found} <= {publisher}:
        return tuple(_bylines(page.root)) or found
    return found


def _person(member: object) -> str | None:
    if isinstance(member, dict):
        return string(member.get("name")) or string(member.get("byline"))
    return string(member)


def _bylines(root: html.HtmlElement) -> Iterator[str]:
    """Names in elements marked as authors or by-lines: the first such element that holds a name counts."""
    for element in root.iter("a", "span", "p", "div", "address", "h4", "li", "cite"):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author" or _BYLINE.search(words_of(element))
        if marked and len(text := content(element)) <= 150:
            found = [name for name in authors_from([text]) if looks_like_a_name(name)]
            if found:
                yield from found
                return


def _dates(page: _Page, key: str, names: Iterable[str], word: str) -> Iterator[str]:
    for node in page.articles:
        if written := string(node.get(key)):
            yield written
            break
    yield from sorted(page.meta(*names), key=lambda written: "T" not in written)
    for element in page.root.iter("time"):
        if written := element.get("datetime"):
            is_modified = "modified" in words_of(element) or "updated" in words_of(element)
            if is_modified == (word == "modified"):
                yield written
                break


def _url(page: _Page) -> str | None:
    links = [element.get("href") for element in page.root.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    named = [string(node.get("mainEntityOfPage")) or string(node.get("url")) for node in page.articles[:1]]
    return next((url for url in [*links, *page.meta("og:url"), *named] if url and url.startswith("http")), None)


def _language(page: _Page) -> str | None:
    stated = [string(node.get("inLanguage")) for node in page.articles[:1]]
    document = page.root.getroottree().getroot()
    for written in (document.get("lang"), *stated, *page.meta("og:locale", "content-language")):
        if written and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", written):
            return written.replace("_", "-")
    return None
