"""Markup -> an element tree, within bounds, and small questions about elements."""

import re
from collections.abc import Mapping

from lxml import etree, html

_ELEMENTS = 50_000  # news pages have 1,000 to 10,000
_ATTRIBUTES = 256  # of one element; building a tree takes time by the square of them
_CHUNK = 64 * 1024
_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class UnreadablePage(ValueError):
    """No article can be taken from the page; the message says why."""


def parse(markup: str) -> html.HtmlElement:
    """Raises UnreadablePage for what holds no elements, or more than a page can have.

    libxml2 itself bounds depth and entities, as `huge_tree` is off.
    """
    data = _INVALID.sub("", markup).encode()
    _measure(data)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise UnreadablePage("holds no HTML that can be read") from None


class _Measure:
    """Counts what the parser meets, before a tree is built of it."""

    def __init__(self) -> None:
        self.elements = 0
        self.attributes = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - lxml's signature
        self.elements += 1
        self.attributes = max(self.attributes, len(attributes))

    def close(self) -> None:
        pass


def _measure(data: bytes) -> None:
    measure = _Measure()
    parser = etree.HTMLParser(target=measure, encoding="utf-8", huge_tree=False)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            if measure.elements > _ELEMENTS or measure.attributes > _ATTRIBUTES:
                raise UnreadablePage(f"has over {_ELEMENTS} elements, or over {_ATTRIBUTES} attributes in one")
    except etree.XMLSyntaxError:
        return


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
