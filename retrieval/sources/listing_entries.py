"""The entries of a source's listing."""

from dataclasses import dataclass, replace

from retrieval.errors import FetchError, ReadError
from retrieval.fetching import NO_VALIDATORS, CacheValidators
from retrieval.readers.identity import same_site


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """One item of a listing.

    `key` identifies it within the source. `digest` changes whenever the source says something else of it; None where
    it says nothing. `published` (as written) and `authors` fill what the page lacks. `content` is the full text as
    HTML, where the source includes it.
    """

    key: str
    address: str
    digest: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    content: str | None = None


@dataclass(frozen=True, slots=True)
class SourceListing:
    """A source's listing. `entries` is None where nothing has changed since the last time.

    `failures` are the parts (sitemaps of an index) that couldn't be read, while others could.
    """

    entries: tuple[ListingEntry, ...] | None
    validators: CacheValidators = NO_VALIDATORS
    moved_to: str | None = None
    failures: tuple[FetchError | ReadError, ...] = ()


def limit_to_site(entry: ListingEntry, source: str) -> ListingEntry:
    """Return the entry without title, date, authors and content if its page is on another site than the source.

    Otherwise a feed could put words, names or dates under another publisher's address.
    """
    if same_site(entry.address, source):
        return entry
    return replace(entry, title=None, published=None, authors=(), content=None)
