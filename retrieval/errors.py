"""Everything that can go wrong, as one tree. Each message says what happened and what to do.

ArchiveError
├── ReadError            a file, page or line can't be read: names it and says why
├── ArchiveBusy          another process holds the archive for writing
├── DiskFull             the disk that holds the archive has no space left
├── ArchiveDamaged       the store can't be used as it is: says which command repairs it
├── ModelError           a model is missing, or not the one whose hash is expected
│   └── ModelMismatch    the archive was made with another model
├── FetchError           an address can't be had: names it and says why
│   ├── FetchRefused     it mustn't be fetched
│   └── FetchFailed      its server didn't give it
│       └── FetchGone    there is nothing any more
└── NotFound             no such article, speaker or source
"""

from typing import Any

from retrieval.reasons import Reason


class ArchiveError(Exception):
    """Anything that a person should be told in one plain sentence."""


class ReadError(ArchiveError):
    """A file, page or line that can't be read. A `reason` that is given as text is kept as one that is only stated."""

    def __init__(self, source: str, reason: Reason | str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason_of(reason)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a copy in another process is made of."""
        return type(self), (self.source, self.reason)


class ArchiveBusy(ArchiveError):
    """Another process holds the archive for writing."""


class DiskFull(ArchiveError):
    """The disk that holds the archive has no space left."""


class ArchiveDamaged(ArchiveError):
    """The store can't be used as it is; the message names the command that repairs it."""


class ModelError(ArchiveError):
    """A model is missing, or isn't the one whose hash is expected."""


class ModelMismatch(ModelError):
    """The archive's vectors were made with another model."""


class FetchError(ArchiveError):
    """`address` and `reason` may be shown to anybody: neither names an address that wasn't public to begin with."""

    def __init__(self, address: str, reason: Reason | str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason_of(reason)


class FetchRefused(FetchError):
    """The address must not be fetched."""


class FetchFailed(FetchError):
    """`retry_after` says for how many seconds the server asked to be left alone."""

    def __init__(self, address: str, reason: Reason | str, retry_after: float | None = None) -> None:
        super().__init__(address, reason)
        self.retry_after = retry_after


class FetchGone(FetchFailed):
    """`for_good` where the server said so (410 rather than 404)."""

    def __init__(self, address: str, reason: Reason | str, *, for_good: bool = False) -> None:
        super().__init__(address, reason)
        self.for_good = for_good


class NotFound(ArchiveError):
    """There is no such article, speaker or source."""


def reason_of(reason: Reason | str) -> Reason:
    """Return `reason` as a value: an English sentence becomes a reason that is only stated."""
    return Reason.stated(reason) if isinstance(reason, str) else reason


def size_in_words(size: int) -> str:
    """Return a number of bytes as an error message shows it: `20 MB` or `512 KB`."""
    megabyte = 1024 * 1024
    return f"{size / megabyte:g} MB" if size >= megabyte else f"{size / 1024:g} KB"
