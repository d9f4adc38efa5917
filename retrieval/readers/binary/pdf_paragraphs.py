"""Put the lines of a PDF's text together to paragraphs, without running heads, feet and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_HYPHEN = re.compile(r"(?<=[a-zß-ÿ])-\n(?=[a-zß-ÿ])")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDINGS = (".", "!", "?", ":", '"', "”", "’", ")")
_SENTENCE_ENDINGS = (".", "!", "?", '"', "”", "’")
_RUNNING = 3  # number of pages on which a block stands anywhere that belongs to the pages
_EDGE = 3  # blocks at the top and at the bottom of a page among which running heads and feet stand
_HEAD_LENGTH = 100


def pdf_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a PDF's text (pages separated by form feeds), joined across pages."""
    pages = [[_joined(block) for block in page.split("\n\n") if block.strip()] for page in text.split("\f")]
    running = {block for block, on in Counter(b for page in pages for b in set(page)).items() if on >= _RUNNING}
    heads = _running_heads(pages)
    blocks = [(block, _is_edge(place, page)) for page in pages for place, block in enumerate(page)]
    kept = [
        block
        for number, (block, edge) in enumerate(blocks)
        if number == 0  # the head of the first page may be all the title that there is
        or not (block in running or (edge and block in heads) or _PAGE_NUMBER.fullmatch(block))
    ]
    yield from _paragraphs(kept)


def _paragraphs(blocks: Sequence[str]) -> Iterator[str]:
    """Yield the blocks, put together where a sentence goes on in the next."""
    before = ""
    for block in blocks:
        if before and block[:1].islower() and before[-1:] not in _ENDINGS:
            before = _joined(f"{before}\n{block}")
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the blocks at the edges of pages that stand on two or more, but for a number that counts the pages."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for place, block in enumerate(page):
            if _is_edge(place, page) and len(block) <= _HEAD_LENGTH and not block.endswith(_SENTENCE_ENDINGS):
                found[_DIGITS.sub("#", block)].append((number, block))
    return {block for places in found.values() if _is_running(places) for _, block in places}


def _is_running(places: Sequence[tuple[int, str]]) -> bool:
    """Return whether the same block stands on several pages, or one whose last number grows with the pages."""
    if len({page for page, _ in places}) < 2:
        return False
    if len({block for _, block in places}) == 1:
        return True
    offsets = {int(_DIGITS.findall(block)[-1][-9:]) - page for page, block in places}
    return len(offsets) == 1


def _is_edge(place: int, page: Sequence[str]) -> bool:
    return place < _EDGE or place >= len(page) - _EDGE


def _joined(block: str) -> str:
    """Return the lines of a block as one line, with words that were hyphenated at a line's end put together."""
    return " ".join(_HYPHEN.sub("", block).split())
