"""HTML pages -> drafts. trafilatura finds where the article is; body.py takes its paragraphs as they stand."""

from copy import deepcopy

from lxml import html
from trafilatura import bare_extraction

from retrieval.readers.bylines import authors_from, is_byline, looks_like_a_name
from retrieval.readers.drafts import Draft
from retrieval.readers.pages.blocks import Block, blocks
from retrieval.readers.pages.body import article_blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.facts import PageFacts, page_facts
from retrieval.readers.pages.standfirst import standfirst
from retrieval.readers.pages.tree import UnreadablePage, content, parse
from retrieval.readers.pages.wording import Wording
from retrieval.text.tokens import letters_only

_ENOUGH = 0.4  # of the length that trafilatura found; less means that the page's own paragraphs were not understood


def read_page(markup: str) -> Draft:
    """Raises UnreadablePage."""
    root = parse(markup)
    facts = page_facts(root)
    outline = _trafilatura(root)
    found = article_blocks(root, Wording([outline, *facts.bodies]), facts.title or "")
    authors = _opening_byline(found, facts)
    if found and is_byline(found[0].text):
        found = found[1:]
    text = "\n\n".join(block.text for block in found)
    if len(text) < _ENOUGH * len(outline):
        text, found = outline.replace("\n", "\n\n"), []
    if not text:
        raise UnreadablePage("no article text was found in the page")
    return Draft(
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


def _opening_byline(found: list[Block], facts: PageFacts) -> tuple[str, ...]:
    """The authors in the line that opens the body, where the page itself names none but its publisher."""
    if not found or {letters_only(name) for name in facts.authors} - {letters_only(facts.publisher or "")}:
        return ()
    above = found[0].element.getprevious()
    for line in (found[0].text, content(above) if above is not None else ""):
        names = authors_from([line])
        if is_byline(line) or (names and all(looks_like_a_name(name) for name in names)):
            return names
    return ()


def _trafilatura(root: html.HtmlElement) -> str:
    """Its text, a paragraph a line; empty where it finds none or gives up."""
    try:
        found = bare_extraction(deepcopy(root), include_comments=False, include_tables=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return ""
    return (found.text or "") if found is not None else ""


def _with_standfirst(text: str, found: list[Block], root: html.HtmlElement, facts: PageFacts) -> str:
    if not found:
        return text
    words = standfirst(list(blocks(root, is_invisible)), found[0].element, facts.title or "", facts.descriptions)
    if words is None or letters_only(words) in {letters_only(block.text) for block in found}:
        return text
    return f"{words}\n\n{text}"
