"""Very long texts in parts: looking up who is meant takes time by the square of how many are named in one text."""

from collections.abc import Iterator

LONGEST = 100_000  # characters, more than a news article has


def sections(text: str) -> Iterator[str]:
    """The text whole, or cut in front of paragraphs with line breaks for what precedes, so that offsets hold."""
    start = 0
    while start < len(text):
        end = _cut(text, start)
        yield "\n" * start + text[start:end]
        start = end


def _cut(text: str, start: int) -> int:
    """In front of a line break in the second half of what may be taken, else of a blank, else anywhere."""
    end = start + LONGEST
    if end >= len(text):
        return len(text)
    breaks = (text.rfind(mark, start + LONGEST // 2, end) for mark in ("\n", " "))
    return next((found for found in breaks if found > 0), end)
