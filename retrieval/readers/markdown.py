"""Markdown, with or without YAML front matter."""

import re
from collections.abc import Mapping
from datetime import date

import frontmatter
import yaml

from retrieval.readers.drafts import Draft

_FRONT_MATTER_LENGTH = 64 * 1024
_HEADING = re.compile(r"\A\s*#\s+(?P<title>.+?)\s*#*\s*(?:\n|\Z)")
_FIELDS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site", "source"),
    "published": ("published", "date", "pubdate"),
    "modified": ("modified", "updated", "lastmod"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "summary": ("summary", "description"),
    "language": ("language", "lang"),
}


class FrontMatterError(ValueError):
    """The front matter isn't plain YAML; the message names the line where that is known."""


def read_markdown(text: str) -> Draft:
    """The front matter's values; without a title there, the first `# heading`. Raises FrontMatterError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    values, body = _split(text)
    fields = {name: _first(values, keys) for name, keys in _FIELDS.items()}
    heading = _HEADING.match(body)
    if heading and fields["title"] in {None, heading["title"]}:
        fields["title"], body = heading["title"], body[heading.end() :]
    dates = {name: [written] for name in ("published", "modified") if (written := fields.pop(name))}
    return Draft(text=body.strip("\n"), authors=_authors(values), **dates, **fields)


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


def _first(values: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
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
