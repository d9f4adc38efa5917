"""Read text files, plain or saved from a web page.

Where a page was saved as text, headline, summary, by-line, date and caption come before the body. A line's kind is
recognised by its form alone, so the rules know no publisher. Without such lines the first line is the title if it
looks like one, and everything else is the body, unchanged.
"""

import re
from collections.abc import Sequence

from retrieval.readers.drafts import ArticleDraft
from retrieval.readers.pages.boilerplate import is_boilerplate_text
from retrieval.readers.text_files.hard_wraps import unwrapped
from retrieval.readers.text_files.header_lines import is_boilerplate_line
from retrieval.readers.text_files.saved_header import parse_header

_TITLE_LENGTH = 200
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x85]")


def read_saved_text(text: str) -> ArticleDraft:
    """Return the draft of a text file."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    title = _title(lines, start)
    if title is None:
        return ArticleDraft(text="\n".join(unwrapped(lines)))
    header = parse_header(lines, start + 1, title)
    body = lines[header.end :]
    if header.end > start + 1:  # a page: boilerplate around an article also stands inside it
        body = [line for line in body if not (is_boilerplate_text(line.strip()) or is_boilerplate_line(line.strip()))]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(unwrapped(body))).strip("\n")
    if not joined.strip():
        return ArticleDraft(text="\n".join(lines).strip("\n"), title=title)
    return ArticleDraft(
        text=joined,
        title=title,
        summary=header.summary,
        published=header.published,
        modified=header.modified,
        authors=header.authors,
    )


def _title(lines: Sequence[str], start: int) -> str | None:
    """Return the first line, unless it is a sentence or the next line continues it."""
    first = lines[start].strip() if start < len(lines) else ""
    following = lines[start + 1].strip() if start + 1 < len(lines) else ""
    if not first or len(first) > _TITLE_LENGTH or first.endswith((".", ",", ";", ":")) or following[:1].islower():
        return None
    return first.lstrip("# ").strip() or None
