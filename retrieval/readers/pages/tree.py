"""Markup -> an element tree, within bounds, and small questions about elements."""

import re

from lxml import etree, html

_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parse(markup: str) -> html.HtmlElement | None:
    """None for what holds no elements. libxml2 bounds depth and entity expansion, as `huge_tree` is off."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(_INVALID.sub("", markup).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def words_of(element: html.HtmlElement) -> str:
    """The class and id as lower-case words with a space around each: `shareBar top_ad` -> ` share bar top ad `."""
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-testid', '')}"[:500]
    return f" {' '.join(re.split(r'[^a-z0-9]+', _CAMEL.sub(' ', names).lower()))} "


def content(element: html.HtmlElement, most: int = 1000) -> str:
    """Its text with single spaces; of a longer one the beginning, so that nested boxes cost no more than flat ones."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part[:most])
        size += len(parts[-1].strip())
        if size > most:
            break
    return " ".join("".join(parts).split())
