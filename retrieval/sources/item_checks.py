"""Check one page that a source lists: fetch it if it changed, and decide what has become of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from retrieval.domain import Article
from retrieval.errors import FetchError, FetchFailed, FetchGone, FetchRefused, ReadError
from retrieval.fetching import NO_VALIDATORS, CacheValidators, Fetcher, FetchResult
from retrieval.sources.listing_entries import ListingEntry
from retrieval.sources.pages import fill_gaps
from retrieval.sources.schedule import item_due
from retrieval.sources.source_reader import SourceReader
from retrieval.store.sources import ItemState, SourceItem


class ItemChange(StrEnum):
    """What a refresh found of an item."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """The result of a check: `item` as it is saved after `article` (if any) is stored; `before` is its old state."""

    before: SourceItem
    item: SourceItem
    change: ItemChange
    article: Article | None = None
    reason: str | None = None


class ItemChecker:
    """Fetches and reads the pages of items."""

    def __init__(self, fetcher: Fetcher, reader: SourceReader, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock

    def check(self, item: SourceItem, entry: ListingEntry | None, owner: str) -> CheckedItem:
        """Return what has become of an item; `entry` is the source's present listing of it, if any. Raises nothing."""
        known = NO_VALIDATORS if item.state is ItemState.GONE else CacheValidators(item.etag, item.last_modified)
        try:
            fetched = self._fetcher.fetch(item.address, known=known)
            if _is_front_page(fetched):
                raise FetchGone(item.address, "leads to the front page of its site", for_good=False)
            article = None if fetched.unchanged else fill_gaps(self._reader.page(fetched, owner), entry)
        except FetchGone as error:
            return self._gone(item, error)
        except FetchRefused as error:
            return self._excerpt(item, entry, owner) or self.failed(item, error)
        except (FetchError, ReadError) as error:
            return self.failed(item, error)
        except Exception as error:  # whatever a reader makes of one page, the others go on
            return self.failed(item, ReadError(item.address, f"can't be read ({type(error).__name__})"))
        return self._found(item, entry, fetched, article)

    def failed(self, item: SourceItem, error: FetchError | ReadError) -> CheckedItem:
        """Return the item with one more failure and the error's reason."""
        failures = item.failures + 1
        asked = error.retry_after if isinstance(error, FetchFailed) else None
        due = item_due(self._clock(), item.seen_at, failures, asked)
        kept = replace(item, failures=failures, problem=str(error.reason), due_at=due)
        return CheckedItem(item, kept, ItemChange.FAILED, reason=str(error.reason))

    def _found(
        self, item: SourceItem, entry: ListingEntry | None, fetched: FetchResult, article: Article | None
    ) -> CheckedItem:
        kept = self._well(item, entry, ItemState.READ, article)
        kept = replace(kept, etag=fetched.validators.etag, last_modified=fetched.validators.last_modified)
        if fetched.moved_to:
            return CheckedItem(
                item, replace(kept, address=fetched.moved_to), ItemChange.MOVED, _known_as(article, item)
            )
        change = ItemChange.SAME if article is None else ItemChange.CHANGED if item.article else ItemChange.NEW
        return CheckedItem(item, kept, change, _known_as(article, item))

    def _excerpt(self, item: SourceItem, entry: ListingEntry | None, owner: str) -> CheckedItem | None:
        """Return the item read from the source's own excerpt; None where it has none, or the page was read before."""
        if entry is None or entry.content is None or item.state is ItemState.READ:
            return None
        try:
            article = self._reader.excerpt(entry, owner)
        except Exception:  # as above; the page's own reason is told then
            return None
        kept = self._well(item, entry, ItemState.EXCERPT, article)
        return CheckedItem(item, kept, ItemChange.CHANGED if item.article else ItemChange.NEW, _known_as(article, item))

    def _well(
        self, item: SourceItem, entry: ListingEntry | None, state: ItemState, article: Article | None
    ) -> SourceItem:
        return replace(
            item,
            state=state,
            article=item.article or (article.id if article else None),
            digest=entry.digest if entry else item.digest,
            failures=0,
            problem=None,
            due_at=item_due(self._clock(), item.seen_at),
        )

    def _gone(self, item: SourceItem, error: FetchGone) -> CheckedItem:
        """Return the item as gone; a first 404 counts as a failure, as it is often a temporary fault."""
        if not error.for_good and item.problem != str(error.reason) and item.state is not ItemState.GONE:
            checked = self.failed(item, error)
            return replace(checked, item=replace(checked.item, due_at=self._clock()))
        due = item_due(self._clock(), item.seen_at, item.failures + 1)
        kept = replace(item, state=ItemState.GONE, failures=item.failures + 1, problem=None, due_at=due)
        change = ItemChange.SAME if item.state is ItemState.GONE else ItemChange.GONE
        return CheckedItem(item, kept, change, reason=str(error.reason))


def _known_as(article: Article | None, item: SourceItem) -> Article | None:
    """Return the article with the id under which it was first stored, wherever it has moved."""
    return replace(article, id=item.article) if article and item.article else article


def _is_front_page(fetched: FetchResult) -> bool:
    asked, found = urlsplit(fetched.asked), urlsplit(fetched.url)
    return asked.path != "/" and (found.path, found.query) == ("/", "")
