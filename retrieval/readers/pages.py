"""HTML pages -> drafts. trafilatura finds where the article is; body.py takes its paragraphs as they stand."""

from copy import deepcopy

from lxml import html
from trafilatura import bare_extraction

from retrieval.readers.blocks import Block, blocks
from retrieval.readers.body import article_blocks
from retrieval.readers.drafts import Draft
from retrieval.readers.furniture import is_invisible
from retrieval.readers.page_facts import PageFacts, page_facts
from retrieval.readers.standfirst import standfirst
from retrieval.readers.tree import letters, parse
from retrieval.readers.wording import Wording


class UnreadablePage(ValueError):
    """No article could be found in the page; the message says why."""


def read_page(markup: str) -> Draft:
    """Raises UnreadablePage."""
    root = parse(markup)
    if root is None:
        raise UnreadablePage("holds no HTML elements")
    facts = page_facts(root)
    outline = _trafilatura(root)
    found = article_blocks(root, Wording([outline, *facts.bodies]), facts.title or "")
    text = "\n\n".join(block.text for block in found) or outline
    if not text:
        raise UnreadablePage("no article text was found in the page")
    return Draft(
        text=_with_standfirst(text, found, root, facts),
        title=facts.title,
        authors=facts.authors,
        publisher=facts.publisher,
        published=facts.published,
        modified=facts.modified,
        url=facts.url,
        summary=facts.descriptions[0] if facts.descriptions else None,
        language=facts.language,
    )


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
    if words is None or letters(words) in {letters(block.text) for block in found}:
        return text
    return f"{words}\n\n{text}"
