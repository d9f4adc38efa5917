"""Markdown, with or without YAML front matter."""

import re
from collections.abc import Mapping
from datetime import date

import frontmatter
import yaml
from markdown_it import MarkdownIt

from retrieval.readers.drafts import Draft
from retrieval.readers.pages.blocks import blocks
from retrieval.readers.pages.furniture import is_invisible
from retrieval.readers.pages.tree import parse

_FRONT_MATTER_LENGTH = 64 * 1024
_HEADING = re.compile(r"\A\s*#\s+(?P<title>.+?)\s*#*\s*(?:\n|\Z)")


class FrontMatterError(ValueError):
    """The front matter isn't plain YAML; the message names the line where that is known."""


def read_markdown(text: str) -> Draft:
    """The front matter's values; without a title there, the first `# heading`. Raises FrontMatterError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    values, body = _split(text)
    title, heading = _first(values, "title", "headline"), _HEADING.match(body)
    if heading and title in {None, heading["title"]}:
        title, body = heading["title"], body[heading.end() :]
    return Draft(
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
    """Paragraphs, headings and list items as a reader sees them, without the marks."""
    root = parse(MarkdownIt("commonmark").render(body))
    return "\n\n".join(block.text for block in blocks(root, is_invisible)) if root is not None else ""


def _split(text: str) -> tuple[Mapping[str, object], str]:
    if not text.startswith("---"):
        return {}, text
    head, mark, _ = text[3:].partition("\n---")
    if not mark:
        return {}, text
    if len(head) > _FRONT_MATTER_LENGTH:
        raise FrontMatterError("front matter is longer than 64 KB")
    if re.search(r"(?m)(?:^|[\s:\[,-])[&*][A-Za-z0-9_]+", head):
        raise FrontMatterError("front matter uses YAML anchors, which aren't taken")
    try:
        values, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError) as error:
        raise FrontMatterError(f"front matter isn't valid YAML ({' '.join(str(error).split())[:200]})") from None
    return values, body


def _first(values: Mapping[str, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, date):  # YAML's own dates, and datetimes
            return value.isoformat()
        if isinstance(value, str) and value.strip():
            return value
    return None


def _authors(values: Mapping[str, object]) -> tuple[str, ...]:
    found = values.get("authors") or values.get("author") or ()
    if isinstance(found, str):
        return tuple(re.split(r"\s*,\s*|\s+and\s+", found))
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()
