"""Find the article's body in a page: its paragraphs and headings in order, without boilerplate.

Text that surely belongs to the article (found by trafilatura, or repeated in the page's JSON-LD) shows how the page
marks up its paragraphs and which element contains them. Every block of that markup in that element is part of the
body, so that paragraphs which both sources missed are found again.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from lxml import html

from retrieval.readers.pages.blocks import TextBlock, text_blocks
from retrieval.readers.pages.boilerplate import boilerplate_signs, is_boilerplate_text, is_invisible
from retrieval.readers.pages.markup_of_words import POST
from retrieval.readers.pages.ngram_index import NgramIndex
from retrieval.text.tokens import letters_only

_PROSE_LENGTH = 40
_SHARE_IN_BOX = 0.85
_USUAL = 0.25
_GAP = 3
_NOTES_SHARE = 0.08
_SHORTEST_REPEATED = 30  # characters; shorter ones, such as "No.", may stand in a dialogue
_ATTRIBUTION_LENGTH = 150
_DASHES = "-–—―"
_QUOTATION_MARKS = '“”"'
_TEXT_TAGS = frozenset(("p", "li", "blockquote", "dd", "dt", "pre"))
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", "'", ":")

Shape = tuple[str | None, ...]


def article_blocks(root: html.HtmlElement, known: NgramIndex, title: str) -> list[TextBlock]:
    """Return the blocks of the article's body; empty when nothing of `known` stands in the page.

    `known` indexes text that surely belongs to the article; `title` is its headline, which is left out of the body.
    """
    sure = [block for block in text_blocks(root, is_invisible) if _is_prose(block) and known.contains(block.text)]
    harmless = _signs_around(sure)
    found = list(
        text_blocks(root, lambda element: is_invisible(element) or bool(boilerplate_signs(element) - harmless))
    )
    shapes = _usual_shapes([block for block in found if _is_prose(block) and known.contains(block.text)])
    anchors = [block for block in found if _is_prose(block) and _shape(block) in shapes]
    if not anchors:
        return []
    inside = set(_box(anchors, root).iter())
    tags = _text_tags(anchors)
    in_box = [
        block for block in found if block.element in inside and (tags is None or block.is_heading or block.tag in tags)
    ]
    return _without_boilerplate(_region(in_box, shapes, known), letters_only(title))


def _is_prose(block: TextBlock) -> bool:
    return not block.is_heading and len(block.text) >= _PROSE_LENGTH and block.linked < 0.5


def _signs_around(sure: Sequence[TextBlock]) -> set[str]:
    """Return the boilerplate signs around most of the article itself, which mean nothing on this page."""
    signs: Counter[str] = Counter()
    known: dict[html.HtmlElement, set[str]] = {}
    for block in sure:
        around: set[str] = set()
        for element in (block.element, *block.element.iterancestors()):
            if element not in known:
                known[element] = boilerplate_signs(element)
            around |= known[element]
        for sign in around:
            signs[sign] += len(block.text)
    total = sum(len(block.text) for block in sure)
    return {sign for sign, size in signs.items() if size > total / 2}


def _shape(block: TextBlock) -> Shape:
    """Return how a paragraph is marked up: its tag and class, and those of its parent element."""
    parent = block.element.getparent()
    around = (parent.tag, parent.get("class")) if parent is not None else (None, None)
    return (block.tag, block.element.get("class"), *around)


def _usual_shapes(sure: Sequence[TextBlock]) -> set[Shape]:
    sizes: Counter[Shape] = Counter()
    for block in sure:
        sizes[_shape(block)] += len(block.text)
    return {shape for shape, size in sizes.items() if size >= _USUAL * max(sizes.values())}


def _box(anchors: Sequence[TextBlock], root: html.HtmlElement) -> html.HtmlElement:
    """Return the innermost element that contains nearly all of the anchors' text."""
    sizes: Counter[html.HtmlElement] = Counter()
    for block in anchors:
        for element in (block.element, *block.element.iterancestors()):
            sizes[element] += len(block.text)
    box = root
    while True:
        inner = max(box, key=lambda child: sizes[child], default=None)
        if inner is None or sizes[inner] < _SHARE_IN_BOX * sizes[root]:
            break
        box = inner
    return next(
        (above for above in box.iterancestors() if above.tag == "article" or above.get("itemprop") == "articleBody"),
        box,
    )


def _text_tags(anchors: Sequence[TextBlock]) -> frozenset[str] | None:
    """Return the tags that text may have; None for any.

    Where paragraphs are <p>, loose text in other elements is a label, a caption or a time stamp.
    """
    in_paragraphs = sum(len(anchor.text) for anchor in anchors if anchor.tag == "p")
    return _TEXT_TAGS if in_paragraphs > 0.7 * sum(len(anchor.text) for anchor in anchors) else None


def _region(found: Sequence[TextBlock], shapes: set[Shape], known: NgramIndex) -> Sequence[TextBlock]:
    """Return the blocks from the first to the last paragraph of the usual shapes, and the prose right around them."""
    usual = [place for place, block in enumerate(found) if _is_prose(block) and _shape(block) in shapes]
    if not usual:
        return []
    first, last = _with_short_ends(found, shapes, usual[0], usual[-1])
    for place in range(first - 1, -1, -1):
        block = found[place]
        if _is_prose(block) and (
            known.contains(block.text) or (block.tag == "p" and block.text.endswith(_SENTENCE_ENDS))
        ):
            first = place
        elif first - place > _GAP:
            break
    for place in range(last + 1, len(found)):
        if found[place].is_heading and found[place].linked > 0.8:
            break
        if _is_prose(found[place]) and known.contains(found[place].text):
            last = place
        elif place - last > _GAP:
            break
    first, last = _with_short_ends(found, shapes, first, last)
    return found[first : last + 1]


def _with_short_ends(found: Sequence[TextBlock], shapes: set[Shape], first: int, last: int) -> tuple[int, int]:
    """Return the range with the short paragraphs right before and behind it that are marked up as the others are."""
    while first > 0 and _is_short_paragraph(found[first - 1], shapes):
        first -= 1
    while last + 1 < len(found) and _is_short_paragraph(found[last + 1], shapes):
        last += 1
    return first, last


def _is_short_paragraph(block: TextBlock, shapes: set[Shape]) -> bool:
    if block.is_heading or block.linked >= 0.5 or len(block.text.split()) < 2:
        return False
    if _is_quoted_apart(block):
        return True
    return _shape(block) in shapes and block.text.endswith(_SENTENCE_ENDS[:-1]) and not is_boilerplate_text(block.text)


def _is_quoted_apart(block: TextBlock) -> bool:
    """Return whether a block is a quotation in marks that is set apart, or tells behind a dash who is quoted there."""
    around = (block.element, *islice(block.element.iterancestors(), 2))
    signed = block.text[0] in _DASHES and len(block.text) < _ATTRIBUTION_LENGTH
    quoted = block.text[0] in _QUOTATION_MARKS and block.text[-1] in _QUOTATION_MARKS
    return (signed or quoted) and any(each.tag in ("blockquote", "figure") for each in around)


def _without_boilerplate(found: Sequence[TextBlock], title: str) -> list[TextBlock]:
    """Return the blocks without boilerplate, repeated paragraphs, and headings that no text follows."""
    kept: list[TextBlock] = []
    followed = False
    for block in reversed(_without_pull_quotes(found)):
        stays = not _is_boilerplate(block, title)
        if block.is_heading:
            stays = stays and followed
        if stays and not (kept and _repeats(block, kept[-1])):
            kept.append(block)
        followed = stays
    return _without_notes(kept[::-1])


def _repeats(block: TextBlock, other: TextBlock) -> bool:
    """Return whether a paragraph stands beside itself, once for each width of a screen."""
    return block.text == other.text and len(block.text) >= _SHORTEST_REPEATED


def _without_pull_quotes(found: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the blocks without pull quotes and posts that repeat words of a paragraph, and their attributions."""
    paragraphs = NgramIndex(block.text for block in found if block.tag == "p" and not _is_set_apart(block))
    kept: list[TextBlock] = []
    pulled = False
    for block in found:
        if _is_set_apart(block) and paragraphs.contains(block.text.rpartition(" — ")[0] or block.text):
            pulled = True
            continue
        if not (pulled and block.text.startswith("— ") and len(block.text) < _ATTRIBUTION_LENGTH):
            kept.append(block)
        pulled = False
    return kept


def _is_set_apart(block: TextBlock) -> bool:
    around = (block.element, *islice(block.element.iterancestors(), 2))
    return block.element.get("class") == POST or any(each.tag == "blockquote" for each in around)


def _without_notes(found: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks without the last few in italics, which are about the author or the article."""
    end = len(found)
    while end and found[end - 1].slanted > 0.9:
        end -= 1
    notes, whole = (sum(len(block.text) for block in part) for part in (found[end:], found))
    return found[:end] if notes < _NOTES_SHARE * whole else found


def _is_boilerplate(block: TextBlock, title: str) -> bool:
    """Return whether the block is the title, a call to action, or a link to another article."""
    return block.linked > 0.8 or letters_only(block.text) == title or is_boilerplate_text(block.text)
