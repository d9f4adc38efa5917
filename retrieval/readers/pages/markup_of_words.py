"""Make visible in the text what a page's markup says about its words.

`<q>` gets its quotation marks, deleted words go, entities that were escaped twice become characters, embedded posts and
table rows with quotations become paragraphs. It changes the tree, before anything else reads it.
"""

import html as entities
import re
from collections.abc import Iterator

from lxml import html

from retrieval.readers.pages.tree import class_words

_DELETED = ("del", "s", "strike")
_NOT_TEXT = frozenset(("script", "style", "noscript", "template", "textarea"))
_ENTITY = re.compile(r"&(?:quot|amp|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_MARKS = '“”"„«»'
_QUOTED = re.compile(r"[“\"„«][^“”\"„«»]{3,1000}[”\"“»]")
EMBED = re.compile(
    r" (?:twitter|instagram|tiktok|bluesky|facebook|fb|reddit|telegram|truth|mastodon|threads|text)"
    r" (?:tweet|media|video|post|embed|card|bq)"
)
_AUTHOR = re.compile(r"\A\s*(?:[–—―-]+\s*|(?:a )?post shared by\s+|by\s+)(?P<author>\S.{0,100})\Z", re.IGNORECASE)
_DATE_AT_END = re.compile(r"(?<!\s)\s+(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\Z")
_POST_LENGTH = 5000
QUOTATION = re.compile(r" (?:(?:block|pull)? ?quotes?|quotation|testimonials?|citation) ")
_NAMED = re.compile(r" (?:author|authors|name|by ?line|cite|caption|source|person|speaker) ")
_NAME_LENGTH = 150
POST = "post-in-article"
"""The class of a paragraph that stands for an embedded post."""
_DASHES = "-–—―"
_CELL_LENGTH = 500
_ROWS = 200
_BLOCKS_IN_CELLS = "p,br,div,h1,h2,h3,h4,h5,h6,table,article,section,ul,ol".split(",")


def render_markup(root: html.HtmlElement) -> None:
    """Change a tree so that its text says what its markup says."""
    _unescape(root)
    for element in [found for found in root.iter(*_DELETED) if found is not root]:
        _remove(element)
    for element in list(root.iter("q")):
        _add_marks(element)
    for element in list(root.iter("blockquote")):
        if EMBED.search(class_words(element)) and element.getparent() is not None:
            _post_as_paragraph(element)
    for element in list(root.iter("blockquote", "figure", "div", "section")):
        if element.tag in ("blockquote", "figure") or QUOTATION.search(class_words(element)):
            _mark_attribution(element)
    for table in list(root.iter("table")):
        if table.getparent() is not None and not any(table.find(f".//{tag}") is not None for tag in _BLOCKS_IN_CELLS):
            _rows_as_paragraphs(table)


def _unescape(root: html.HtmlElement) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            if element.text and element.tag not in _NOT_TEXT and _ENTITY.search(element.text):
                element.text = entities.unescape(element.text)
            if element.tail and _ENTITY.search(element.tail):
                element.tail = entities.unescape(element.tail)


def _remove(element: html.HtmlElement) -> None:
    """Take an element away but for the text behind it; of the blanks on its two sides one is left."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    said = (before.tail if before is not None else parent.text) or ""
    tail = element.tail or ""
    if said[-1:].isspace() and tail[:1].isspace():
        tail = tail.lstrip()
    if before is not None:
        before.tail = said + tail
    else:
        parent.text = said + tail
    element.tail = None
    parent.remove(element)


def _add_marks(element: html.HtmlElement) -> None:
    """Put the marks of a `<q>` into its text, single ones inside another; none where the page writes its own."""
    if _has_own_marks(element):
        return
    inside = sum(1 for above in element.iterancestors("q")) % 2
    opening, closing = ("‘", "’") if inside else ("“", "”")
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


def _has_own_marks(element: html.HtmlElement) -> bool:
    before = element.getprevious()
    parent = element.getparent()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    first = (element.text or "").lstrip()[:1]
    return first in {*_MARKS, "‘", "'"} - {""} or (said[-1:] in set(_MARKS) and (element.tail or "")[:1] in set(_MARKS))


def _post_as_paragraph(element: html.HtmlElement) -> None:
    """Write an embedded post as one paragraph: its words in quotation marks, a dash, and its author."""
    said, author = _post(element)
    if not said or len(said) > _POST_LENGTH:
        return
    words = said if any(mark in said for mark in _MARKS) else f"“{said}”"
    _replace(element, [f"{words} — {author}" if author else words], POST)


def _post(element: html.HtmlElement) -> tuple[str, str]:
    """Return the words and the author of a post. Its links are addresses and its date, but for tags and names."""
    for link in list(element.iter("a")):
        label = (link.text or "").strip()
        if len(link) == 0 and label[:1] not in ("#", "@", ""):
            link.text = "" if link.get("href") and not _is_words(link) else link.text
    for br in element.iter("br"):
        br.tail = f" {br.tail or ''}"
    pieces: list[str] = []
    author = ""
    for text in _lines(element):
        found = _AUTHOR.match(text)
        if found and pieces:
            author = _DATE_AT_END.sub("", found["author"]).strip(" ,")
        elif text:
            pieces.append(text)
    return " ".join(pieces), author


def _is_words(link: html.HtmlElement) -> bool:
    """Return whether a link is part of a post's words: it stands in a paragraph and isn't the post's address."""
    label = (link.text or "").strip()
    return any(True for _ in link.iterancestors("p")) and not re.match(r"https?:|pic\.|t\.co|www\.", label)


def _lines(element: html.HtmlElement) -> Iterator[str]:
    """Yield the texts of an element's paragraphs, and the loose text before and behind them."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in ("p", "div", "blockquote"):
            yield " ".join("".join(loose).split())
            yield " ".join(child.text_content().split())
            loose = [child.tail or ""]
        else:
            loose += ["".join(child.itertext()), child.tail or ""]
    yield " ".join("".join(loose).split())


def _mark_attribution(quotation: html.HtmlElement) -> None:
    """Write who is quoted behind a dash, where a quotation's markup names them in an element of its own at its end."""
    if quotation.tag == "figure" and quotation.find(".//blockquote") is None:
        return
    last = quotation
    while len(last) and not (last[-1].tail or "").strip() and isinstance(last[-1].tag, str):
        last = last[-1]
        if last.tag in ("cite", "figcaption") or _NAMED.search(class_words(last)):
            break
    else:
        return
    words = " ".join(last.text_content().split())
    if not words or len(words) > _NAME_LENGTH or last.getparent() is None:
        return
    while (above := last.getparent()) is not quotation and _without_dash(above) == words.lstrip(_DASHES + " "):
        last = above
    _replace(last, [words if words[0] in _DASHES else f"— {words}"])


def _without_dash(element: html.HtmlElement) -> str:
    """Return the text of an element without a dash in front."""
    return " ".join(element.text_content().split()).lstrip(_DASHES + " ")


def _rows_as_paragraphs(table: html.HtmlElement) -> None:
    """Write a table with quotations as one paragraph a row: two cells with a colon between them, more with dashes."""
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in table.iter("tr")]
    rows = [[cell for cell in row if cell] for row in rows]
    rows = [row for row in rows if row]
    quoting = any(_QUOTED.search(cell) for row in rows for cell in row)
    if not quoting or len(rows) > _ROWS or any(len(cell) > _CELL_LENGTH for row in rows for cell in row):
        return
    _replace(table, [(": " if len(row) == 2 else " – ").join(row) for row in rows])


def _replace(element: html.HtmlElement, paragraphs: list[str], kind: str | None = None) -> None:
    """Put paragraphs, with a class if one is given, in the place of an element."""
    tail, element.tail = element.tail, None  # addprevious would move it with the element
    for words in paragraphs:
        paragraph = element.makeelement("p")
        paragraph.text = words
        if kind:
            paragraph.set("class", kind)
        element.addprevious(paragraph)
        last = paragraph
    last.tail = tail
    element.getparent().remove(element)
