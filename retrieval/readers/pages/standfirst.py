"""Find the standfirst: the sentence or two between headline and body that sum the article up."""

import re
from collections.abc import Callable, Collection, Sequence

from lxml import html

from retrieval.readers.pages.blocks import TextBlock
from retrieval.readers.pages.boilerplate import boilerplate_signs
from retrieval.readers.pages.tree import class_words
from retrieval.text.tokens import letters_only

_NAMES = re.compile(
    r" (?:stand ?first|sub ?titles?|sub ?head(?:ing|line)?s?|dek|deck|excerpt|strap ?line|lead ?text|summary|synopsis"
    r"|tertiary title|first paragraph) "
)
_LENGTHS = range(30, 601)


def standfirst(
    everything: Sequence[TextBlock], first: html.HtmlElement, title: str, descriptions: Collection[str]
) -> str | None:
    """Return the standfirst between the headline and the `first` element of the body; None where there is none.

    It repeats one of `descriptions`, or its class has one of the usual names.
    """
    between: list[TextBlock] = []
    seen, heading = False, letters_only(title)
    for block in everything:
        if block.element is first:
            break
        if letters_only(block.text) == heading or block.tag == "h1":
            seen = True
        elif seen and len(block.text) in _LENGTHS and block.linked < 0.5 and letters_only(block.text) not in heading:
            between.append(block)
    described = {letters_only(description) for description in descriptions}
    tests: tuple[Callable[[TextBlock], bool], ...] = (lambda block: letters_only(block.text) in described, _is_named)
    return next((block.text for test in tests for block in between if test(block)), None)


def _is_named(block: TextBlock) -> bool:
    parent = block.element.getparent()
    names = class_words(block.element) + (class_words(parent) if parent is not None else "")
    return bool(_NAMES.search(names)) and not boilerplate_signs(block.element)
