"""What becomes of each article in an ingest, and the summary of a run."""

from dataclasses import dataclass, replace

from retrieval.domain import Article
from retrieval.reasons import Reason


@dataclass(frozen=True, slots=True)
class ArticleStored:
    """An article was stored, with so many passages and quotations."""

    article: Article
    passages: int
    quotations: int


@dataclass(frozen=True, slots=True)
class ArticleSkipped:
    """An article was not stored: the archive holds it already, or `reason` says why it may not come in."""

    article: Article
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ArticleFailed:
    """Something could not be read or analysed; `source` says where it was read."""

    source: str
    reason: Reason


IngestEvent = ArticleStored | ArticleSkipped | ArticleFailed


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What a run did; `articles`, `passages` and `quotations` count what it stored."""

    articles: int = 0
    passages: int = 0
    quotations: int = 0
    skipped: int = 0
    failures: tuple[ArticleFailed, ...] = ()

    def with_event(self, event: IngestEvent) -> "IngestSummary":
        """Return the summary after one more event."""
        match event:
            case ArticleSkipped():
                return replace(self, skipped=self.skipped + 1)
            case ArticleFailed():
                return replace(self, failures=(*self.failures, event))
            case ArticleStored(_, passages, quotations):
                return replace(
                    self,
                    articles=self.articles + 1,
                    passages=self.passages + passages,
                    quotations=self.quotations + quotations,
                )
