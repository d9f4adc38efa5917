"""What the archive takes and gives, beside the articles themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, EmbeddingModel, Kind, Quotation, Span

Vectors = npt.NDArray[np.float32]


class DeletionKind(StrEnum):
    """An article isn't there any more."""

    REMOVED = "removed"  # by a person; reading the article again doesn't bring it back
    WITHDRAWN = "withdrawn"  # by its publisher; it comes back when it is published again


@dataclass(frozen=True, slots=True)
class Unit:
    """What a search finds: a passage, or a quotation. `article` is the article's row, `id` is never used twice.

    The words that are searched run from `context` to `span.end`; for a quotation they take in the sentence before.
    """

    id: int
    article: int
    span: Span
    context: int
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be stored. `digest` is of the text that was embedded, `vector` of length 1."""

    span: Span
    context: int
    quotation: Quotation | None
    digest: bytes
    vector: Vectors


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article with all that is searched of it. `content_hash` is of the article as read, before `edits`."""

    article: Article
    units: Sequence[NewUnit]
    content_hash: str
    rules_version: int
    model: EmbeddingModel
    edits: dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the archive knows of a stored article, its text left out. `article` is its row."""

    article: int
    owner: str
    id: str
    content_hash: str
    rules_version: int
    model: str
    edits: dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleListing:
    """One line of the table of contents."""

    article: int
    owner: str
    id: str
    version: int
    title: str
    publisher: str | None
    published: str | None
    source: str | None
    stored_at: str
    passages: int
    quotations: int


class ArticleVersion(NamedTuple):
    """A version of an article with the moments, ISO 8601, at which it came and went; None where it is there still."""

    article: Article
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class PastQuotation:
    """A quotation that an article had until the moment `until`. `now` is what stands in its place, None for nothing.

    `article` is the article's row, `version` the last one with the words.
    """

    id: int
    article: int
    version: int
    words: str
    kind: Kind
    speaker: str | None
    until: str
    now: Span | None


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    articles: int
    passages: int
    quotations: int
    speakers: int


@dataclass(frozen=True, slots=True)
class UnitBatch:
    """Units as an engine wants them; every sequence has one element a unit. `vectors` is float16, (units, dimension).

    `days` are ISO 8601 days of publication.
    """

    ids: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]
    owners: Sequence[str]
    publishers: Sequence[str | None]
    days: Sequence[str | None]
    speakers: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """How far the archive has come: its last change, 0 and 0 for none. `mark` is random, so that two archives that
    have been changed equally often are told apart."""

    generation: int
    mark: int


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What an engine must take in: whether it must forget all first, ranges of units that are gone, then what came.

    After it the engine stands at `state`, and its vectors are those of `model`.
    """

    state: ArchiveState
    model: EmbeddingModel | None
    anew: bool
    removed: Sequence[range]
    added: Iterator[UnitBatch]
