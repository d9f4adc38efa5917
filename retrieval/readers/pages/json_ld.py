"""Read a page's JSON-LD leniently and within bounds."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

_SCRIPTS = 50
_SCRIPT_LENGTH = 1_000_000
_NODES = 5000
_ARTICLE_TYPE = re.compile(r"(?:article|blogposting|report|review)$", re.IGNORECASE)

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class JsonLd:
    """`articles` are the nodes that describe an article, in the page's order; `by_id` maps an @id to its node."""

    articles: tuple[Node, ...] = ()
    by_id: dict[str, Node] = field(default_factory=dict)

    def resolve(self, value: object) -> Iterator[object]:
        """Yield each member of a list or single value, with references ({"@id": …}) replaced by their nodes."""
        for item in value if isinstance(value, list) else [value]:
            known = self.by_id.get(str(item["@id"])) if isinstance(item, dict) and "@id" in item else None
            yield {**known, **item} if known is not None and isinstance(item, dict) else item


def read_json_ld(root: html.HtmlElement) -> JsonLd:
    """Return the JSON-LD of all scripts of a page, at most 50 scripts and 5,000 nodes."""
    nodes = [node for script in _scripts(root) for node in _nodes(_lenient(script))][:_NODES]
    articles = tuple(node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _types(node)))
    by_id: dict[str, Node] = {}
    for node in nodes:
        if isinstance(name := node.get("@id"), str) and len(node) > len(by_id.get(name, {})):
            by_id[name] = node
    return JsonLd(articles, by_id)


def first_string(value: object) -> str | None:
    """Return the first string in a value that should be one; None where there is none."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id")
    return value if isinstance(value, str) and value.strip() else None


def _scripts(root: html.HtmlElement) -> Iterator[str]:
    found = 0
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower() and script.text and len(script.text) <= _SCRIPT_LENGTH:
            found += 1
            if found > _SCRIPTS:
                return
            yield script.text


def _lenient(text: str) -> object:
    """Return the JSON value, forgiving control characters, comments and trailing commas; None for anything else."""
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|;)\s*$", "", text)
    for attempt in (text, re.sub(r",(\s*[}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[Node]:
    """Yield every object in a value, outermost first; without recursion, as the page chooses the depth."""
    queue = [value]
    for item in queue:
        if len(queue) > _NODES:
            return
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
