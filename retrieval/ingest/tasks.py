"""What an ingest works with: the rules of extraction, articles to analyse, and analyses under way."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from retrieval.domain import Article
from retrieval.ingest.analysis import ArticleAnalysis, QuotationExtractor
from retrieval.store.records import Vectors


@dataclass(frozen=True, slots=True)
class ExtractionRules:
    """How quotations are found. `make_extractor` must be picklable; `version` differs whenever results may."""

    make_extractor: Callable[[], QuotationExtractor]
    version: int


@dataclass(frozen=True, slots=True)
class IngestTask:
    """An article to analyse and store. `content_hash` is of what was read, before `edits`; `vectors` can be reused."""

    article: Article
    content_hash: str
    edits: dict[str, Any]
    vectors: dict[bytes, Vectors]


@dataclass(frozen=True, slots=True)
class PendingAnalysis:
    """A task with the analysis that a worker process makes of it."""

    task: IngestTask
    analysis: "Future[ArticleAnalysis]"
