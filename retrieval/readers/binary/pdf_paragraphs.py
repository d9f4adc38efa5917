"""Put the lines of a PDF's text together to paragraphs, without running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator

_HYPHEN = re.compile(r"(?<=[a-zß-ÿ])-\n(?=[a-zß-ÿ])")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_ENDINGS = (".", "!", "?", ":", '"', "”", "’", ")")
_RUNNING = 3  # number of pages on which a line stands that is a running head


def pdf_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a PDF's text (pages separated by form feeds), joined across pages."""
    pages = [[_joined(block) for block in page.split("\n\n") if block.strip()] for page in text.split("\f")]
    running = {block for block, on in Counter(b for page in pages for b in set(page)).items() if on >= _RUNNING}
    before, *others = [block for page in pages for block in page] or [""]
    for block in others:
        if block in running or _PAGE_NUMBER.fullmatch(block):
            continue
        if before and block[:1].islower() and before[-1:] not in _ENDINGS:
            before = _joined(f"{before}\n{block}")
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _joined(block: str) -> str:
    """Return the lines of a block as one line, with words that were hyphenated at a line's end put together."""
    return " ".join(_HYPHEN.sub("", block).split())
