"""Split an element tree into blocks of text in document order: paragraphs, headings and list items."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree, html

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SLANTED = frozenset(("em", "i"))


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading or list item.

    `element` is the nearest block element around the text; `linked` and `slanted` are the shares (0..1) of its
    characters that stand in links and in italics.
    """

    text: str
    element: html.HtmlElement
    linked: float
    slanted: float

    @property
    def tag(self) -> str:
        """Return the tag of the block element."""
        return str(self.element.tag)

    @property
    def is_heading(self) -> bool:
        """Return whether the block is a heading, h1 to h6."""
        return self.tag in _HEADINGS


class BlockBuilder:
    """Collects the characters of a block until it ends. A line break ends a paragraph too."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.slanted = 0
        self.links = 0  # elements of these kinds that are open
        self.slants = 0

    def add(self, text: str | None) -> None:
        """Append text, counting what stands in links and italics."""
        if text:
            self.parts.append(text.replace("\n", " "))
            size = len(text.strip())
            self.linked += size if self.links else 0
            self.slanted += size if self.slants else 0

    def open(self, element: html.HtmlElement) -> None:
        """Enter an element and append the text before its first child."""
        self.links += element.tag == "a"
        self.slants += element.tag in _SLANTED
        if element.tag == "br" or (element.tag == "span" and "br" in element.get("class", "").split()):
            self.parts.append("\n")
        self.add(element.text)

    def close(self, element: html.HtmlElement) -> None:
        """Leave an element."""
        self.links -= element.tag == "a"
        self.slants -= element.tag in _SLANTED

    def take(self, element: html.HtmlElement) -> Iterator[TextBlock]:
        """Yield the blocks collected in `element`, and start anew."""
        text = "".join(self.parts)
        size = max(1, len(text.strip()))
        linked, slanted = min(1.0, self.linked / size), min(1.0, self.slanted / size)
        self.parts, self.linked, self.slanted = [], 0, 0
        element = next((above for above in element.iterancestors() if above.tag in _HEADINGS), element)
        for piece in text.split("\n"):
            if words := " ".join(piece.split()):
                yield TextBlock(words, element, linked, slanted)


def text_blocks(root: html.HtmlElement, skip: Callable[[html.HtmlElement], bool]) -> Iterator[TextBlock]:
    """Yield the blocks of text under `root`, without the elements for which `skip` is true."""
    run, stack, skipped = BlockBuilder(), [root], None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        ends_block = element.tag in _BLOCK_TAGS
        if event == "start":
            if ends_block:
                yield from run.take(stack[-1])
            if element is not root and skip(element):
                skipped = element
                walk.skip_subtree()
                continue
            stack += [element] if ends_block else []
            run.open(element)
            continue
        if element is not skipped:
            if ends_block:
                yield from run.take(stack.pop())
            run.close(element)
        skipped = None
        if element is not root:
            run.add(element.tail)
    yield from run.take(root)
