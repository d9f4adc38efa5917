"""Read Markdown, with or without YAML front matter."""

import re
from collections.abc import Mapping

import yaml
from markdown_it import MarkdownIt

from retrieval.readers.bylines import parse_authors
from retrieval.readers.drafts import ArticleDraft
from retrieval.readers.pages.blocks import text_blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.tree import parse_html
from retrieval.readers.unreadable import UnreadableContent

_LENGTH = 400_000  # a parser of Markdown takes time by the square of some hostile texts
_FRONT_MATTER_LENGTH = 16 * 1024
_BRACKETS = 100
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ANCHOR = re.compile(r"(?:^|[\s:\[,-])[&*]\w", re.MULTILINE)
_HEADING = re.compile(r"\A\s*+#\s++(?P<title>[^\n]+)(?:\n|\Z)")


def read_markdown(text: str) -> ArticleDraft:
    """Return the draft of a Markdown file. Raises UnreadableContent.

    Metadata comes from the front matter; without a title there, the first `# heading` is the title.
    """
    if len(text) > _LENGTH:
        raise UnreadableContent(f"is longer than {_LENGTH:,} characters, too long for Markdown; .txt takes more")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    values, body = _split(text)
    title, heading = _first(values, "title", "headline"), _HEADING.match(body)
    headline = heading["title"].rstrip().rstrip("#").rstrip() if heading else ""
    if heading and headline and title in {None, headline}:
        title, body = headline, body[heading.end() :]
    return ArticleDraft(
        text=_plain(body),
        title=title,
        authors=_authors(values),
        publisher=_first(values, "publisher", "site", "source"),
        published=(_first(values, "published", "date", "pubdate") or "",),
        modified=(_first(values, "modified", "updated", "lastmod") or "",),
        url=_first(values, "url", "link", "canonical", "canonical_url"),
        summary=_first(values, "summary", "description"),
        language=_first(values, "language", "lang"),
    )


def _plain(body: str) -> str:
    """Return paragraphs, headings and list items as rendered, without the marks."""
    root = parse_html(f"<body>{MarkdownIt('commonmark').render(body)}</body>")
    return "\n\n".join(block.text for block in text_blocks(root, is_invisible))


def _split(text: str) -> tuple[Mapping[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    head = found["head"]
    if len(head) > _FRONT_MATTER_LENGTH or head.count("[") + head.count("{") > _BRACKETS or _ANCHOR.search(head):
        raise UnreadableContent("front matter is longer or more nested than an article needs, or uses YAML anchors")
    try:
        # The base loader makes strings of all values, and so neither objects nor dates that can't be.
        values = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableContent(f"front matter isn't valid YAML ({' '.join(str(error).split())[:200]})") from None
    return values if isinstance(values, dict) else {}, text[found.end() :]


def _first(values: Mapping[str, object], *keys: str) -> str | None:
    return next((value for key in keys if isinstance(value := values.get(key), str) and value.strip()), None)


def _authors(values: Mapping[str, object]) -> tuple[str, ...]:
    found = values.get("authors") or values.get("author") or ()
    if isinstance(found, str):
        return parse_authors([found])
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()
