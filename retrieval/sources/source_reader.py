"""Read what sources give - pages, feeds, sitemaps, files - in a sandbox."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError
from retrieval.fetching import FetchResult
from retrieval.sandbox import Runner, SandboxedReader
from retrieval.sandbox.sandbox import SandboxError
from retrieval.sources.feeds import read_feed
from retrieval.sources.listing_entries import ListingEntry
from retrieval.sources.pages import read_excerpt, read_page
from retrieval.sources.sitemaps import Sitemap, read_sitemap

Result = TypeVar("Result")
SECONDS = 60.0
"""The time for one page, feed or sitemap."""


class SourceReader:
    """Runs the readers of sources in a sandbox; what hangs or breaks there raises ReadError."""

    def __init__(self, runner: Runner, seconds: float = SECONDS) -> None:
        self._runner = runner
        self._seconds = seconds
        self._files = SandboxedReader(runner)

    def page(self, fetched: FetchResult, owner: str = OPERATOR) -> Article:
        """Return the article of a fetched page. Raises ReadError."""
        return self._run(fetched.asked, read_page, fetched, owner)

    def excerpt(self, entry: ListingEntry, owner: str) -> Article:
        """Return the article in a feed's entry. Raises ReadError."""
        return self._run(entry.address, read_excerpt, entry, owner)

    def feed(self, data: bytes, address: str, content_type: str | None = None) -> tuple[ListingEntry, ...]:
        """Return the entries of a feed. Raises ReadError."""
        return self._run(address, read_feed, data, address, content_type)

    def sitemap(self, data: bytes, address: str) -> Sitemap:
        """Return what a sitemap lists. Raises ReadError."""
        return self._run(address, read_sitemap, data, address)

    def file(self, path: Path, owner: str) -> Iterator[Article | ReadError]:
        """Yield the articles of a file, and a ReadError for each broken one."""
        return self._files.read_path(path, owner=owner)

    def links_to_feeds(self, fetched: FetchResult, find: Callable[[FetchResult], tuple[str, ...]]) -> tuple[str, ...]:
        """Return the feeds that a page names, found by `find`. Raises ReadError."""
        return self._run(fetched.asked, find, fetched)

    def _run(self, where: str, work: Callable[..., Result], *arguments: Any) -> Result:
        try:
            result: Result = self._runner.run(self._seconds, work, *arguments)
        except SandboxError as error:
            raise ReadError(where, str(error)) from None
        return result
