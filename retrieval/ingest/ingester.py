"""Ingest: analyse new and changed articles in worker processes, and store them one by one in the order of reading.

Whatever ends a run, what was reported as stored is stored, and the next run skips it.
"""

import hashlib
import json
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from retrieval.domain import Article
from retrieval.embedding.encoder import Encoder
from retrieval.errors import ArchiveError, NotFound, ReadError
from retrieval.ingest.analysis import AnalysisRequest, ArticleAnalysis, make_analyser
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, ArticleStored, IngestEvent
from retrieval.ingest.tasks import ExtractionRules, IngestTask, PendingAnalysis
from retrieval.ingest.worker_pool import WorkerDied, WorkerNotStarted, WorkerPool, WorkFailed, WorkTimedOut
from retrieval.reasons import Reason
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, ArticleRecord, NewUnit, Vectors
from retrieval.store.upsert import check_text
from retrieval.timing import timed

log = logging.getLogger(__name__)

AHEAD = 4
"""Articles a worker that are analysed, or wait for an earlier one to be stored."""
ARTICLE_SECONDS = 60.0
"""How long the analysis of a short article may take, unless the setting says otherwise; it takes some 2 s."""
EXTRA_CHARACTERS = 60_000
"""Each so many characters add as much time again. The analysis of 1,000 takes about a third of a second."""


class Ingester:
    """Analyses articles and stores them, one transaction each. Yields an event for each, in the order of reading."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        archive: Archive,
        encoder: Encoder,
        rules: ExtractionRules,
        workers: int = 2,
        wait: float = 0,
        article_seconds: float = ARTICLE_SECONDS,
    ) -> None:
        """Wait up to `wait` seconds for another ingest (-1: without limit) before each run.

        The analysis of an article is given up after `article_seconds`, and as much again for each EXTRA_CHARACTERS.
        """
        self._archive = archive
        self.encoder = encoder
        self._rules = rules
        self._workers = workers
        self._wait = wait
        self._article_seconds = article_seconds

    def ingest(self, articles: Iterable[Article | ReadError]) -> Iterator[IngestEvent]:
        """Store what is new or changed. An article is stored, in one transaction, before its event is yielded.

        Raises ArchiveBusy, ModelMismatch, and ArchiveError when the archive can't be written.
        """
        with self._archive.ingest_lock(self._wait):
            self._archive.expect_model(self.encoder.model)
            self._archive.find_missing_duplicates()
            yield from self._run(self._tasks(articles))

    def rebuild(self) -> Iterator[IngestEvent]:
        """Analyse again, from its stored text, every article that other rules or another model analysed.

        Cut short, it can be repeated.
        """
        with self._archive.ingest_lock(self._wait):
            model = self._archive.model()
            if model is not None and model.sha256 != self.encoder.model.sha256:
                self._archive.change_model(self.encoder.model)
            records = self._archive.outdated(self._rules.version, self.encoder.model)
            yield from self._run(self._again(record, {}) for record in records)

    def edit(self, owner: str, id_: str, edits: dict[str, Any]) -> Iterator[IngestEvent]:
        """Correct fields of a stored article. The corrections outlive the next reading of its source."""
        with self._archive.ingest_lock(self._wait):
            self._archive.expect_model(self.encoder.model)
            record = self._archive.record(owner, id_)
            if record is None:
                raise NotFound(f"the archive holds no article {id_}")
            yield from self._run([self._again(record, edits)])

    def _tasks(self, articles: Iterable[Article | ReadError]) -> Iterator[IngestTask | IngestEvent]:
        seen: dict[tuple[str, str], str] = {}
        for article in articles:
            if isinstance(article, ReadError):
                yield ArticleFailed(article.source, article.reason)
                continue
            content_hash = content_hash_of(article)
            first = seen.setdefault((article.owner, article.id), content_hash)
            if first != content_hash:
                yield _failed(article, f"another article with the id {article.id} was read before")
            else:
                yield self._checked_task(article, content_hash)

    def _checked_task(self, article: Article, content_hash: str) -> IngestTask | IngestEvent:
        try:
            return self._task(article, content_hash)
        except ArchiveError:
            raise
        except Exception as error:  # whatever is odd about one article, the others go on
            return _failed(article, f"it can't be read ({type(error).__name__}: {error})")

    def _task(self, article: Article, content_hash: str) -> IngestTask | IngestEvent:
        try:
            check_text(article)
        except ReadError as error:
            return ArticleFailed(error.source, error.reason)
        if reason := self._tombstone_reason(article):
            return ArticleSkipped(article, reason)
        known = self._archive.record(article.owner, article.id)
        if known and (known.content_hash, known.rules_version) == (content_hash, self._rules.version):
            return ArticleSkipped(article)
        edits = known.edits if known else self._archive.deleted_edits(article.owner, article.id)
        return IngestTask(edited(article, edits), content_hash, edits, self._vectors(known))

    def _tombstone_reason(self, article: Article) -> Reason | None:
        """Return why the article may not be ingested, None where it may."""
        ban = self._archive.tombstone(article.owner, article.id, article.text)
        if ban is None:
            return None
        remedy = f"`ontherecord articles restore {ban.named}"
        if ban.words:
            said = f"its words were removed on {ban.on.isoformat()}; {remedy} --elsewhere` lets them in again"
            return Reason.stated(said)
        return Reason.stated(f"it was removed on {ban.on.isoformat()}; {remedy}` lets it in again")

    def _again(self, record: ArticleRecord, edits: dict[str, Any]) -> IngestTask:
        article = edited(self._archive.article(record.article), edits)
        return IngestTask(article, record.content_hash, record.edits | edits, self._vectors(record))

    def _vectors(self, known: ArticleRecord | None) -> dict[bytes, Vectors]:
        """Return the stored vectors by digest of their text, so that unchanged text isn't embedded again."""
        if known is None or known.model != self.encoder.model.sha256:
            return {}
        return self._archive.vectors_by_digest(known.article)

    def _run(self, steps: Iterable[IngestTask | IngestEvent]) -> Iterator[IngestEvent]:
        make_worker = partial(make_analyser, self._rules.make_extractor, self.encoder)
        with timed(log, "ingest ended", logging.INFO) as facts, WorkerPool(make_worker, self._workers) as pool:
            number = 0
            ahead: deque[PendingAnalysis | IngestEvent] = deque()
            for step in steps:
                if isinstance(step, IngestTask):
                    facts["articles"] = number = number + 1
                    request = AnalysisRequest(step.article, frozenset(step.vectors))
                    ahead.append(PendingAnalysis(step, pool.submit(request, self._seconds_for(step.article))))
                else:
                    ahead.append(step)
                if len(ahead) >= AHEAD * self._workers:
                    yield self._settle(ahead.popleft())
            while ahead:
                yield self._settle(ahead.popleft())

    def _seconds_for(self, article: Article) -> float:
        return self._article_seconds * (1 + len(article.text) / EXTRA_CHARACTERS)

    def _settle(self, step: PendingAnalysis | IngestEvent) -> IngestEvent:
        if not isinstance(step, PendingAnalysis):
            return step
        article = step.task.article
        try:
            return self._put(step.task, step.analysis.result())
        except WorkerNotStarted as error:
            raise ArchiveError(f"the models that find quotations can't be loaded: {error}") from error
        except ReadError as error:
            return ArticleFailed(error.source, error.reason)
        except ArchiveError:
            raise
        except Exception as error:  # whatever is odd about one article, the others go on
            log.warning("article not stored", extra={"article": article.id, "error": type(error).__name__})
            return _failed(article, _in_words(error))

    def _put(self, task: IngestTask, analysis: ArticleAnalysis) -> ArticleStored | ArticleSkipped:
        if reason := self._tombstone_reason(task.article):  # while its quotations were looked for
            return ArticleSkipped(task.article, reason)
        vectors = task.vectors | analysis.vectors
        units = [
            NewUnit(draft.span, draft.context, draft.quotation, draft.digest, vectors[draft.digest])
            for draft in analysis.drafts
        ]
        analysed = AnalysedArticle(
            task.article, units, task.content_hash, self._rules.version, self.encoder.model, task.edits
        )
        with timed(log, "stored an article", units=len(units)):
            self._archive.put(analysed)
        quotations = sum(unit.quotation is not None for unit in units)
        return ArticleStored(task.article, len(units) - quotations, quotations)


def _in_words(error: Exception) -> str:
    """Return why an article was neither analysed nor stored."""
    match error:
        case WorkTimedOut():
            return (
                f"the search for its quotations {error}, and was given up; ONTHERECORD_ARTICLE_TIMEOUT sets the limit"
            )
        case WorkerDied():
            return "the process that looked for its quotations ended, most likely for want of memory"
        case WorkFailed():
            return f"its quotations can't be looked for ({error})"
        case _:
            return f"it can't be stored ({type(error).__name__}: {error})"


def _failed(article: Article, reason: str) -> ArticleFailed:
    return ArticleFailed(article.source or article.id, Reason.stated(reason))


def edited(article: Article, edits: dict[str, Any]) -> Article:
    """Return the article with the fields in `edits`, which come out of JSON with lists for tuples."""
    fields: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in edits.items()}
    return replace(article, **fields)


def content_hash_of(article: Article) -> str:
    """Return the sha256 of all fields but `source`, in hex."""
    fields = json.dumps(asdict(replace(article, source=None)), sort_keys=True)
    return hashlib.sha256(fields.encode()).hexdigest()
