"""Extract the article of an HTML page: trafilatura locates it, body.py takes its paragraphs as they stand."""

from copy import deepcopy

from lxml import html
from trafilatura import bare_extraction

from retrieval.errors import size_in_words
from retrieval.readers.bylines import is_byline, looks_like_a_name, parse_authors
from retrieval.readers.decoding import declared_in_page, decode
from retrieval.readers.drafts import ArticleDraft
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.pages.blocks import TextBlock, text_blocks
from retrieval.readers.pages.body import article_blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.markup_of_words import render_markup
from retrieval.readers.pages.metadata import PageMetadata, page_metadata
from retrieval.readers.pages.ngram_index import NgramIndex
from retrieval.readers.pages.standfirst import standfirst
from retrieval.readers.pages.tree import parse_html, text_content
from retrieval.readers.unreadable import UnreadableContent
from retrieval.text.tokens import letters_only

_ENOUGH = 0.4  # share of the length that trafilatura found; below it the page's own paragraphs weren't understood


def draft_page(data: bytes, charset: str | None, limits: ReaderLimits) -> ArticleDraft:
    """Return the draft of a page's bytes. `charset` (of the HTTP header) wins over the page's own declaration.

    Raises UnreadableContent.
    """
    if len(data) > limits.page:
        raise UnreadableContent(f"is a page of more than {size_in_words(limits.page)}")
    return read_page(decode(data, charset or declared_in_page(data)))


def read_page(markup: str) -> ArticleDraft:
    """Return the draft of a page's markup. Raises UnreadableContent where no article is found."""
    root = parse_html(markup)
    render_markup(root)
    facts = page_metadata(root)
    outline = _trafilatura(root)
    found = article_blocks(root, NgramIndex([outline, *facts.bodies]), facts.title or "")
    authors = _opening_byline(found, facts)
    if found and is_byline(found[0].text):
        found = found[1:]
    text = "\n\n".join(block.text for block in found)
    if len(text) < _ENOUGH * len(outline):
        text, found = outline.replace("\n", "\n\n"), []
    if not text:
        raise UnreadableContent("no article text was found in the page")
    return ArticleDraft(
        text=_with_standfirst(text, found, root, facts),
        title=facts.title,
        authors=authors or facts.authors,
        publisher=facts.publisher,
        published=facts.published,
        modified=facts.modified,
        url=facts.url,
        summary=facts.descriptions[0] if facts.descriptions else None,
        language=facts.language,
    )


def _opening_byline(found: list[TextBlock], facts: PageMetadata) -> tuple[str, ...]:
    """Return the authors in the line that opens the body, where the metadata names none but the publisher."""
    if not found or {letters_only(name) for name in facts.authors} - {letters_only(facts.publisher or "")}:
        return ()
    above = found[0].element.getprevious()
    for line in (found[0].text, text_content(above) if above is not None else ""):
        names = parse_authors([line])
        if is_byline(line) or (names and all(looks_like_a_name(name) for name in names)):
            return names
    return ()


def _trafilatura(root: html.HtmlElement) -> str:
    """Return trafilatura's text, one paragraph a line; empty where it finds none or fails."""
    try:
        found = bare_extraction(deepcopy(root), include_comments=False, include_tables=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return ""
    return (found.text or "") if found is not None else ""


def _with_standfirst(text: str, found: list[TextBlock], root: html.HtmlElement, facts: PageMetadata) -> str:
    if not found:
        return text
    words = standfirst(list(text_blocks(root, is_invisible)), found[0].element, facts.title or "", facts.descriptions)
    if words is None or letters_only(words) in {letters_only(block.text) for block in found}:
        return text
    return f"{words}\n\n{text}"
