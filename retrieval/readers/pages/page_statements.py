"""The places where a page states its metadata: JSON-LD, meta elements, headings."""

import html as entities
from itertools import islice

from lxml import html

from retrieval.readers.pages.json_ld import Node, first_string, read_json_ld
from retrieval.readers.pages.tree import text_content
from retrieval.text.tokens import letters_only

_METAS = 1000
_HEADINGS = 20


class PageStatements:
    """A page's JSON-LD, meta elements and headings. `articles` are its JSON-LD article nodes, the main one first."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.data = read_json_ld(root)
        self._metas: dict[str, list[str]] = {}
        for element in islice(root.iter("meta"), _METAS):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if value := " ".join((element.get("content") or "").split()):
                self._metas.setdefault(name.lower(), []).append(value)
        self.headings = self._texts("h1")
        self.tab_titles = self._texts("title")
        self.articles = self._main_first()

    def meta(self, *names: str) -> list[str]:
        """Return the contents of the meta elements of these names, in the order of the names."""
        return [value for name in names for value in self._metas.get(name, ())]

    def publisher(self) -> str | None:
        """Return the publisher's name, None where the page doesn't state it."""
        nodes = [member for article in self.articles for member in self.data.resolve(article.get("publisher"))]
        stated = [*map(first_string, nodes), *self.meta("og:site_name", "application-name")]
        return next((name for name in stated if name and "/" not in name), None)

    def _texts(self, tag: str) -> list[str]:
        return [text for element in islice(self.root.iter(tag), _HEADINGS) if (text := text_content(element))]

    def _main_first(self) -> tuple[Node, ...]:
        """Return the article nodes, those first whose headline is the page's; others are teasers and live updates."""
        titles = {letters_only(title) for title in (*self.headings, *self.meta("og:title", "twitter:title"))}
        return tuple(sorted(self.data.articles, key=lambda node: letters_only(node_headline(node) or "") not in titles))


def node_headline(node: Node) -> str | None:
    """Return the headline of a JSON-LD node, with character references resolved."""
    written = first_string(node.get("headline")) or first_string(node.get("name"))
    return entities.unescape(written[:1000]) if written else None
