"""Readers -> quotations and passages -> vectors -> store: how articles get into the archive.

Worker processes analyse, this one embeds and stores, an article at a time and in the order of reading. Whatever ends
it, what was reported as stored is stored, and the next run skips it.
"""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from retrieval.analysis import Extractor, Piece, analyst
from retrieval.articles import Article
from retrieval.errors import NotFound, ReadError
from retrieval.models import Encoder
from retrieval.store.archive import Archive
from retrieval.store.values import Entry, NewUnit, Record, Vectors
from retrieval.store.writing import check_text
from retrieval.workers import WorkerDied, WorkerPool

AHEAD = 8  # articles a worker that are being analysed, or wait to be embedded
TOGETHER = 8  # articles that are embedded at once, where so many are ready


@dataclass(frozen=True, slots=True)
class Stored:
    article: Article
    passages: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """The archive holds the article just so."""

    article: Article


@dataclass(frozen=True, slots=True)
class Failed:
    source: str
    reason: str


Event = Stored | Skipped | Failed


@dataclass(frozen=True, slots=True)
class Summary:
    """`articles`, `passages` and `quotations` count what was stored by this run."""

    articles: int = 0
    passages: int = 0
    quotations: int = 0
    skipped: int = 0
    failures: tuple[Failed, ...] = ()

    def with_event(self, event: Event) -> "Summary":
        match event:
            case Skipped():
                return replace(self, skipped=self.skipped + 1)
            case Failed():
                return replace(self, failures=(*self.failures, event))
            case Stored(_, passages, quotations):
                return replace(
                    self,
                    articles=self.articles + 1,
                    passages=self.passages + passages,
                    quotations=self.quotations + quotations,
                )


@dataclass(frozen=True, slots=True)
class Rules:
    """How quotations are found. `make_extractor` must be picklable; `version` is raised whenever results change."""

    make_extractor: Callable[[], Extractor]
    version: int


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be stored. `content_hash` is of what was read, before `edits`; `known` is what it replaces."""

    article: Article
    content_hash: str
    edits: dict[str, Any]
    known: Record | None


@dataclass(frozen=True, slots=True)
class Pending:
    task: Task
    pieces: "Future[tuple[Piece, ...]]"


@dataclass(frozen=True, slots=True)
class Analysed:
    task: Task
    pieces: tuple[Piece, ...]


class Ingester:
    """Puts articles into an archive. What it does comes back as events, in the order of reading."""

    def __init__(self, archive: Archive, encoder: Encoder, rules: Rules, workers: int = 2, wait: float = 0) -> None:
        """`wait` is for how many seconds another ingest is waited for, -1 for ever."""
        self._archive = archive
        self.encoder = encoder
        self._rules = rules
        self._workers = workers
        self._wait = wait

    def ingest(self, articles: Iterable[Article | ReadError]) -> Iterator[Event]:
        """Store what is new or changed. An article is stored when its event comes, in one transaction.

        Raises ArchiveBusy, ModelMismatch, and ArchiveError when the archive can't be written.
        """
        with self._archive.ingest_lock(self._wait):
            self._archive.expect_model(self.encoder.model)
            yield from self._run(self._tasks(articles))

    def rebuild(self) -> Iterator[Event]:
        """Bring every article to the present rules and model, from its stored text. Cut short, it can be repeated."""
        with self._archive.ingest_lock(self._wait):
            model = self._archive.model()
            if model is not None and model.sha256 != self.encoder.model.sha256:
                self._archive.change_model(self.encoder.model)
            records = self._archive.outdated(self._rules.version, self.encoder.model)
            yield from self._run(self._task_again(record, {}) for record in records)

    def edit(self, owner: str, id_: str, edits: dict[str, Any]) -> Iterator[Event]:
        """Correct fields of a stored article. The corrections outlive the next reading of its source."""
        with self._archive.ingest_lock(self._wait):
            self._archive.expect_model(self.encoder.model)
            record = self._archive.record(owner, id_)
            if record is None:
                raise NotFound(f"the archive holds no article {id_}")
            yield from self._run([self._task_again(record, edits)])

    def _tasks(self, articles: Iterable[Article | ReadError]) -> Iterator[Task | Event]:
        seen: dict[tuple[str, str], str] = {}
        for article in articles:
            if isinstance(article, ReadError):
                yield Failed(article.source, article.reason)
                continue
            content_hash = hash_of(article)
            first = seen.setdefault((article.owner, article.id), content_hash)
            if first != content_hash:
                yield Failed(article.source or article.id, f"another article with the id {article.id} was read before")
            else:
                yield self._task(article, content_hash)

    def _task(self, article: Article, content_hash: str) -> Task | Event:
        try:
            check_text(article)
        except ReadError as error:
            return Failed(error.source, error.reason)
        known = self._archive.record(article.owner, article.id)
        if known and (known.content_hash, known.rules_version) == (content_hash, self._rules.version):
            return Skipped(article)
        edits = known.edits if known else {}
        return Task(edited(article, edits), content_hash, edits, known)

    def _task_again(self, record: Record, edits: dict[str, Any]) -> Task:
        article = self._archive.article(record.article)
        return Task(edited(article, edits), record.content_hash, record.edits | edits, record)

    def _run(self, steps: Iterable[Task | Event]) -> Iterator[Event]:
        with WorkerPool(partial(analyst, self._rules.make_extractor), self._workers) as pool:
            ahead: deque[Pending | Event] = deque()
            for step in steps:
                ahead.append(Pending(step, pool.submit(step.article)) if isinstance(step, Task) else step)
                if len(ahead) >= AHEAD * self._workers:
                    yield from self._settle(ahead)
            while ahead:
                yield from self._settle(ahead)

    def _settle(self, ahead: deque[Pending | Event]) -> Iterator[Event]:
        """Wait for the first, and store it with those after it that are ready, embedded together."""
        ready = [settled(ahead.popleft())]
        while ahead and is_done(ahead[0]) and len(ready) < TOGETHER:
            ready.append(settled(ahead.popleft()))
        vectors = self._vectors([each for each in ready if isinstance(each, Analysed)])
        for each in ready:
            yield self._put(each, vectors) if isinstance(each, Analysed) else each

    def _vectors(self, batch: Sequence[Analysed]) -> dict[bytes, Vectors]:
        """By digest of the text. What the archive has of a text that stayed the same is used again."""
        vectors: dict[bytes, Vectors] = {}
        for known in (each.task.known for each in batch):
            if known is not None and known.model == self.encoder.model.sha256:
                vectors |= self._archive.vectors_by_digest(known.article)
        pieces = {digest(piece): piece for each in batch for piece in each.pieces}
        missing = {key: piece for key, piece in pieces.items() if key not in vectors}
        return vectors | dict(zip(missing, embed(list(missing.values()), self.encoder), strict=True))

    def _put(self, analysed: Analysed, vectors: dict[bytes, Vectors]) -> Event:
        task, pieces = analysed.task, analysed.pieces
        units = [
            NewUnit(piece.span, piece.context, piece.quotation, digest(piece), vectors[digest(piece)])
            for piece in pieces
        ]
        entry = Entry(task.article, units, task.content_hash, self._rules.version, self.encoder.model, task.edits)
        self._archive.put(entry)
        quotations = sum(piece.quotation is not None for piece in pieces)
        return Stored(task.article, len(pieces) - quotations, quotations)


def is_done(step: Pending | Event) -> bool:
    return not isinstance(step, Pending) or step.pieces.done()


def settled(step: Pending | Event) -> Analysed | Event:
    if not isinstance(step, Pending):
        return step
    try:
        return Analysed(step.task, step.pieces.result())
    except WorkerDied:
        reason = "the process that looked for its quotations ended, most likely for want of memory"
    except Exception as error:  # whatever a parser makes of one article, the others go on
        reason = f"its quotations can't be looked for ({type(error).__name__}: {error})"
    return Failed(step.task.article.source or step.task.article.id, reason)


def edited(article: Article, edits: dict[str, Any]) -> Article:
    """`edits` as they come out of JSON: lists for tuples."""
    fields: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in edits.items()}
    return replace(article, **fields)


def hash_of(article: Article) -> str:
    """Of everything that was read but the place it was read from, in hex."""
    fields = json.dumps(asdict(replace(article, source=None)), sort_keys=True)
    return hashlib.sha256(fields.encode()).hexdigest()


def digest(piece: Piece) -> bytes:
    """Of what its vector is made of."""
    return hashlib.blake2b(f"{piece.words}\0{piece.surroundings}".encode(), digest_size=16).digest()


def embed(pieces: Sequence[Piece], encoder: Encoder) -> Vectors:
    """Float32, (len(pieces), dimension), of length 1: midway between what the words and the surroundings give."""
    if not pieces:
        return np.empty((0, 0), dtype=np.float32)
    texts = list(dict.fromkeys(text for piece in pieces for text in (piece.words, piece.surroundings)))
    row = {text: number for number, text in enumerate(texts)}
    encoded = encoder.encode(texts)
    mixed = encoded[[row[piece.words] for piece in pieces]] + encoded[[row[piece.surroundings] for piece in pieces]]
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)
