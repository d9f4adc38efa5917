"""Parse markup into an element tree within bounds, and read class names and text of elements."""

import re
from collections.abc import Mapping

from lxml import etree, html

from retrieval.readers.unreadable import UnreadableContent

_ELEMENTS = 50_000  # news pages have 1,000 to 10,000
_CHILDREN = 8_200  # of one element; the extractor takes time by the square of them
_OTHER_CHILDREN = 4_000  # of one element, that are no paragraphs, lines, items or rows
_REPEATED = frozenset(("p", "br", "li", "tr", "dd", "dt", "option"))
_ATTRIBUTES = 256  # of one element; building a tree takes time by the square of them
_CHUNK = 64 * 1024
_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parse_html(markup: str) -> html.HtmlElement:
    """Return the element tree of a page. Raises UnreadableContent for no elements, or more than a page can have.

    libxml2 itself bounds depth and entities, as `huge_tree` is off.
    """
    data = _INVALID.sub("", markup).encode()
    _check_size(data)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise UnreadableContent("holds no HTML that can be read") from None


class ElementCounter:
    """Parser target that counts elements and attributes, before a tree is built of them."""

    def __init__(self) -> None:
        self.elements = 0
        self.attributes = 0
        self.crowded = False
        self._open = [(0, 0)]  # children of each open element, and those among them that aren't in _REPEATED

    @property
    def too_large(self) -> bool:
        """Return whether there are more elements, children or attributes than a page can have."""
        return self.elements > _ELEMENTS or self.crowded or self.attributes > _ATTRIBUTES

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count one element."""
        self.elements += 1
        children, others = self._open[-1]
        children, others = children + 1, others + (tag not in _REPEATED)
        self.crowded = self.crowded or children > _CHILDREN or others > _OTHER_CHILDREN
        self._open[-1] = (children, others)
        self._open.append((0, 0))
        self.attributes = max(self.attributes, len(attributes))

    def end(self, tag: str) -> None:  # noqa: ARG002 - lxml's signature
        """Close one element."""
        if len(self._open) > 1:
            self._open.pop()

    def close(self) -> None:
        """End the document; lxml calls it."""


def _check_size(data: bytes) -> None:
    counter = ElementCounter()
    parser = etree.HTMLParser(target=counter, encoding="utf-8", huge_tree=False)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            if counter.too_large:
                raise UnreadableContent(
                    f"has over {_ELEMENTS} elements, or over {_CHILDREN} children or {_ATTRIBUTES} attributes in one"
                )
    except etree.XMLSyntaxError:
        return


def class_words(element: html.HtmlElement) -> str:
    """Return an element's class and id as lower-case words in spaces: `shareBar top_ad` -> ` share bar top ad `."""
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-testid', '')}"[:500]
    return f" {' '.join(re.split(r'[^a-z0-9]+', _CAMEL.sub(' ', names).lower()))} "


def text_content(element: html.HtmlElement, most: int = 1000) -> str:
    """Return an element's text with single spaces, cut after about `most` characters.

    The cut bounds the cost of nested elements, each of which contains the text of the inner ones.
    """
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part[:most])
        size += len(parts[-1].strip())
        if size > most:
            break
    return " ".join("".join(parts).split())
