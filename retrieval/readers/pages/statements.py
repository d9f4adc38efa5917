"""The places where a page speaks about itself: JSON-LD, meta elements, headings."""

import html as entities
from itertools import islice

from lxml import html

from retrieval.readers.pages.structured import Node, string, structured_data
from retrieval.readers.pages.tree import content
from retrieval.text.tokens import letters_only

_METAS = 1000
_HEADINGS = 20


class Statements:
    """`articles` are the JSON-LD nodes of articles, the one that the page is about first."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.data = structured_data(root)
        self._metas: dict[str, list[str]] = {}
        for element in islice(root.iter("meta"), _METAS):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if value := " ".join((element.get("content") or "").split()):
                self._metas.setdefault(name.lower(), []).append(value)
        self.headings = self._texts("h1")
        self.tab_titles = self._texts("title")
        self.articles = self._main_first()

    def meta(self, *names: str) -> list[str]:
        return [value for name in names for value in self._metas.get(name, ())]

    def publisher(self) -> str | None:
        nodes = [member for article in self.articles for member in self.data.resolve(article.get("publisher"))]
        stated = [*map(string, nodes), *self.meta("og:site_name", "application-name")]
        return next((name for name in stated if name and "/" not in name), None)

    def _texts(self, tag: str) -> list[str]:
        return [text for element in islice(self.root.iter(tag), _HEADINGS) if (text := content(element))]

    def _main_first(self) -> tuple[Node, ...]:
        """The other articles of a page are teasers, and updates of a live page."""
        titles = {letters_only(title) for title in (*self.headings, *self.meta("og:title", "twitter:title"))}
        return tuple(sorted(self.data.articles, key=lambda node: letters_only(node_headline(node) or "") not in titles))


def node_headline(node: Node) -> str | None:
    written = string(node.get("headline")) or string(node.get("name"))
    return entities.unescape(written[:1000]) if written else None
