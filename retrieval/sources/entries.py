"""What a source lists."""

from dataclasses import dataclass, replace

from retrieval.errors import FetchError, ReadError
from retrieval.fetching import NOTHING_KNOWN, Validators
from retrieval.readers.identity import same_site


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` is what the source knows it by. `digest` changes with what the source says of it, if it says anything.

    What a page lacks is taken from here: `published` and `authors` as they were written. `content` is the whole text
    as HTML, where the source gives that.
    """

    key: str
    address: str
    digest: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """`entries` is None where the source says that nothing has changed since the last time.

    `failures` are the parts that could not be had, while the others could.
    """

    entries: tuple[Entry, ...] | None
    validators: Validators = NOTHING_KNOWN
    moved_to: str | None = None
    failures: tuple[FetchError | ReadError, ...] = ()


def believed(entry: Entry, source: str) -> Entry:
    """What the source at this address may say of a page: nothing where the page is another site's, lest anybody put
    words, a name or a day under somebody else's address."""
    if same_site(entry.address, source):
        return entry
    return replace(entry, title=None, published=None, authors=(), content=None)
