"""Articles written for the playground: fiction that says so, and one retelling of a real briefing."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

__all__ = ["ARTICLES", "as_file"]

ARTICLES: Traversable = files(__name__) / "articles"
"""The folder of sample articles, Markdown with front matter. Open it through `as_file`."""
