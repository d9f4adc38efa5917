"""An element tree -> its blocks of text in order: paragraphs, headings and list items, as a reader sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree, html

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Block:
    """`element` is the nearest block element around the text; `linked` is the share of its characters in links, 0..1;
    `slanted` the same for italics.
    """

    text: str
    element: html.HtmlElement
    linked: float
    slanted: float

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def is_heading(self) -> bool:
        return self.tag in _HEADINGS


class _Run:
    """Characters gathered until a block ends. A line break ends a paragraph too."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.slanted = 0

    def add(self, text: str | None, in_link: bool, in_slanted: bool) -> None:
        if text:
            self.parts.append(text.replace("\n", " "))
            size = len(text.strip())
            self.linked += size if in_link else 0
            self.slanted += size if in_slanted else 0

    def take(self, element: html.HtmlElement) -> Iterator[Block]:
        text = "".join(self.parts)
        size = max(1, len(text.strip()))
        linked, slanted = min(1.0, self.linked / size), min(1.0, self.slanted / size)
        self.__init__()  # type: ignore[misc]
        element = next((above for above in element.iterancestors() if above.tag in _HEADINGS), element)
        for piece in text.split("\n"):
            if words := " ".join(piece.split()):
                yield Block(words, element, linked, slanted)


def blocks(root: html.HtmlElement, skip: Callable[[html.HtmlElement], bool]) -> Iterator[Block]:
    """The text under `root`, without the elements that `skip` names."""
    run, stack, links, slanted = _Run(), [root], 0, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if element is not root and skip(element):
                skipped = element
                walk.skip_subtree()
                if tag in _BLOCK_TAGS:
                    yield from run.take(stack[-1])
                continue
            if tag in _BLOCK_TAGS:
                yield from run.take(stack[-1])
                stack.append(element)
            links += tag == "a"
            slanted += tag in ("em", "i")
            if tag == "br" or (tag == "span" and "br" in element.get("class", "").split()):
                run.parts.append("\n")
            run.add(element.text, links > 0, slanted > 0)
            continue
        if element is not skipped:
            if tag in _BLOCK_TAGS:
                yield from run.take(element)
                stack.pop()
            links -= tag == "a"
            slanted -= tag in ("em", "i")
        skipped = None
        if element is not root:
            run.add(element.tail, links > 0, slanted > 0)
    yield from run.take(root)
