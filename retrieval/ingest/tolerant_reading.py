"""Read many sources so that one that is read wrongly costs nothing but itself."""

from collections.abc import Iterator

from retrieval.domain import Article
from retrieval.errors import ArchiveError, ReadError


def read_tolerantly(source: str, articles: Iterator[Article | ReadError]) -> Iterator[Article | ReadError]:
    """Yield the articles of one source; whatever its reader raises becomes a ReadError that names `source`.

    ArchiveErrors that aren't about reading go through.
    """
    try:
        yield from articles
    except ReadError as error:
        yield error
    except ArchiveError:
        raise
    except Exception as error:  # a reader's fault is the fault of its file alone
        yield ReadError(source, f"can't be read ({type(error).__name__}: {error})")
