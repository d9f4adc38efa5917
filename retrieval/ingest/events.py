"""What becomes of articles on their way into the archive."""

from dataclasses import dataclass, replace

from retrieval.domain import Article
from retrieval.reasons import Reason


@dataclass(frozen=True, slots=True)
class ArticleStored:
    article: Article
    passages: int
    quotations: int


@dataclass(frozen=True, slots=True)
class ArticleSkipped:
    """The archive holds the article just so, or `reason` says why it isn't let in."""

    article: Article
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ArticleFailed:
    source: str
    reason: Reason


IngestEvent = ArticleStored | ArticleSkipped | ArticleFailed


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """`articles`, `passages` and `quotations` count what was stored by this run."""

    articles: int = 0
    passages: int = 0
    quotations: int = 0
    skipped: int = 0
    failures: tuple[ArticleFailed, ...] = ()

    def with_event(self, event: IngestEvent) -> "IngestSummary":
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
