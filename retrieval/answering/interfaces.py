"""What the parts of answering need of each other."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from retrieval.domain import Answer, Citation, Filters
from retrieval.query import Query


class QueryAnswerer(Protocol):
    """Answers queries one by one."""

    @property
    def today(self) -> Callable[[], date]:
        """The clock that anchors "last week"."""
        ...

    def answer_query(self, query: Query, filters: Filters | None = ..., limit: int = ...) -> Answer:
        """Return at most `limit` citations, or near misses where the archive doesn't say."""
        ...

    def as_bold_as(self, boldness: float) -> "QueryAnswerer":
        """Return the same answerer with another boldness, 0..1."""
        ...


class ParaphraseSearch(Protocol):
    """Finds other wordings of a statement."""

    def paraphrases(self, words: str, filters: Filters | None = ..., limit: int = ...) -> Sequence[Citation]:
        """Return what says most nearly the same as `words`, best first."""
        ...
