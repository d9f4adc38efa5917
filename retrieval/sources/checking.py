"""One page that a source listed: fetched if it changed, and what has become of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from retrieval.domain import Article
from retrieval.errors import FetchError, FetchFailed, FetchGone, FetchRefused, ReadError
from retrieval.fetching import NOTHING_KNOWN, Fetched, Fetcher, Validators
from retrieval.sources.entries import Entry
from retrieval.sources.pages import completed, read_excerpt, read_page
from retrieval.sources.schedule import item_due
from retrieval.store.sources import ItemState, SourceItem


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Checked:
    """`item` as it is to be kept once `article`, where there is one, has been stored; `before` as it was."""

    before: SourceItem
    item: SourceItem
    change: Change
    article: Article | None = None
    reason: str | None = None


class Checker:
    def __init__(self, fetcher: Fetcher, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._clock = clock

    def check(self, item: SourceItem, entry: Entry | None, owner: str) -> Checked:
        """`entry` is what the source says of it now, None where it doesn't name it any more. Raises nothing."""
        known = NOTHING_KNOWN if item.state is ItemState.GONE else Validators(item.etag, item.last_modified)
        try:
            fetched = self._fetcher.fetch(item.address, known=known)
            if _is_front_page(fetched):
                raise FetchGone(item.address, "leads to the front page of its site", for_good=False)
            article = None if fetched.unchanged else completed(read_page(fetched, owner), entry)
        except FetchGone as error:
            return self._gone(item, error)
        except FetchRefused as error:
            return self._excerpt(item, entry, owner) or self.failed(item, error)
        except (FetchError, ReadError) as error:
            return self.failed(item, error)
        except Exception as error:  # whatever a reader makes of one page, the others go on
            return self.failed(item, ReadError(item.address, f"can't be read ({type(error).__name__})"))
        return self._found(item, entry, fetched, article)

    def failed(self, item: SourceItem, error: FetchError | ReadError) -> Checked:
        failures = item.failures + 1
        asked = error.retry_after if isinstance(error, FetchFailed) else None
        due = item_due(self._clock(), item.seen_at, failures, asked)
        kept = replace(item, failures=failures, problem=str(error.reason), due_at=due)
        return Checked(item, kept, Change.FAILED, reason=str(error.reason))

    def _found(self, item: SourceItem, entry: Entry | None, fetched: Fetched, article: Article | None) -> Checked:
        kept = self._well(item, entry, ItemState.READ, article)
        kept = replace(kept, etag=fetched.validators.etag, last_modified=fetched.validators.last_modified)
        if fetched.moved_to:
            return Checked(item, replace(kept, address=fetched.moved_to), Change.MOVED, _known_as(article, item))
        change = Change.SAME if article is None else Change.CHANGED if item.article else Change.NEW
        return Checked(item, kept, change, _known_as(article, item))

    def _excerpt(self, item: SourceItem, entry: Entry | None, owner: str) -> Checked | None:
        """What the source gives of it itself; not in place of what its page said before."""
        if entry is None or entry.content is None or item.state is ItemState.READ:
            return None
        try:
            article = read_excerpt(entry, owner)
        except Exception:  # as above; the page's own reason is told then
            return None
        kept = self._well(item, entry, ItemState.EXCERPT, article)
        return Checked(item, kept, Change.CHANGED if item.article else Change.NEW, _known_as(article, item))

    def _well(self, item: SourceItem, entry: Entry | None, state: ItemState, article: Article | None) -> SourceItem:
        return replace(
            item,
            state=state,
            article=item.article or (article.id if article else None),
            digest=entry.digest if entry else item.digest,
            failures=0,
            problem=None,
            due_at=item_due(self._clock(), item.seen_at),
        )

    def _gone(self, item: SourceItem, error: FetchGone) -> Checked:
        """A single 404 is often a slip of the server's: it counts from the second in a row on."""
        if not error.for_good and item.problem != str(error.reason) and item.state is not ItemState.GONE:
            checked = self.failed(item, error)
            return replace(checked, item=replace(checked.item, due_at=self._clock()))
        due = item_due(self._clock(), item.seen_at, item.failures + 1)
        kept = replace(item, state=ItemState.GONE, failures=item.failures + 1, problem=None, due_at=due)
        change = Change.SAME if item.state is ItemState.GONE else Change.GONE
        return Checked(item, kept, change, reason=str(error.reason))


def _known_as(article: Article | None, item: SourceItem) -> Article | None:
    """An article keeps the id under which it came first, wherever it moves."""
    return replace(article, id=item.article) if article and item.article else article


def _is_front_page(fetched: Fetched) -> bool:
    asked, found = urlsplit(fetched.asked), urlsplit(fetched.url)
    return asked.path != "/" and (found.path, found.query) == ("/", "")
