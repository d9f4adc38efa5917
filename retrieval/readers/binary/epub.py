"""Read EPUB books: the chapters in reading order, as paragraphs and headings."""

import io
import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from retrieval.readers.binary.zip_package import ZipPackage
from retrieval.readers.decoding import declared_in_page, decode
from retrieval.readers.drafts import ArticleDraft
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.pages.blocks import text_blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.tree import parse_html
from retrieval.readers.unpacking import UnpackQuota
from retrieval.readers.unreadable import UnreadableContent

_CONTAINER = "META-INF/container.xml"
_CHAPTERS = 2_000


def read_epub(data: bytes, limits: ReaderLimits) -> ArticleDraft:
    """Return the draft of a book. Raises UnreadableContent."""
    package = ZipPackage(io.BytesIO(data), limits.page, UnpackQuota(limits.unpacked))
    root = next(iter(package.xml(_CONTAINER).iterfind(".//{*}rootfile")), None)
    path = root.get("full-path") if root is not None else None
    if not path:
        raise UnreadableContent(f"{_CONTAINER} names no book")
    book = package.xml(path)
    text, size = [], 0
    for paragraph in _paragraphs(package, book, posixpath.dirname(path)):
        text.append(paragraph)
        size += len(paragraph) + 2
        if size > limits.text:
            break  # too long, which is said where every text is checked
    return ArticleDraft(
        text="\n\n".join(text),
        title=next(_values(book, "title"), None),
        authors=tuple(_values(book, "creator")),
        publisher=next(_values(book, "publisher"), None),
        published=tuple(_values(book, "date")),
        language=next(_values(book, "language"), None),
    )


def _paragraphs(package: ZipPackage, book: etree._Element, folder: str) -> Iterator[str]:
    files = {item.get("id"): item.get("href", "") for item in book.iterfind(".//{*}manifest/{*}item")}
    order = [item.get("idref") for item in book.iterfind(".//{*}spine/{*}itemref")]
    for chapter in order[:_CHAPTERS]:
        if files.get(chapter):
            markup = package.read(posixpath.normpath(posixpath.join(folder, unquote(files[chapter]))))
            page = parse_html(decode(markup, declared_in_page(markup)))
            yield from (block.text for block in text_blocks(page.find("body"), is_invisible))


def _values(book: etree._Element, name: str) -> Iterator[str]:
    elements = book.iterfind(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    return (" ".join(element.text.split()) for element in elements if element.text and element.text.strip())
