"""Values that the store takes and returns, beside the articles themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, EmbeddingModel, Kind, Quotation, Span

Vectors = npt.NDArray[np.float32]


class DeletionKind(StrEnum):
    """Who took an article out of the archive."""

    REMOVED = "removed"  # by a person; reading the article again doesn't bring it back
    WITHDRAWN = "withdrawn"  # by its publisher; it comes back when it is published again


@dataclass(frozen=True, slots=True)
class Unit:
    """A retrieval unit, what a search finds: a passage (a sentence of the article), or a quotation.

    `article` is the article's row, `id` is never used twice. The words that are searched run from `context` to
    `span.end`; for a quotation they take in the sentence before.
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
    """An article with its units, to be stored. `content_hash` is of the article as read, before `edits`."""

    article: Article
    units: Sequence[NewUnit]
    content_hash: str
    rules_version: int
    model: EmbeddingModel
    edits: dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the archive knows of a stored article, without its text. `article` is its row."""

    article: int
    owner: str
    id: str
    content_hash: str
    rules_version: int
    model: str
    edits: dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleListing:
    """An article in the list of all articles, with the numbers of its passages and quotations."""

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
    """A version of an article with the times, ISO 8601, at which it was stored and replaced; None if it is present."""

    article: Article
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class PastQuotation:
    """A quotation that an article no longer has since the time `until`, ISO 8601.

    `now` is the span that stands in its place, None for nothing; `article` is the article's row, `version` the last
    version with the words.
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
    """How many articles, passages, quotations and speakers (by name) the archive holds."""

    articles: int
    passages: int
    quotations: int
    speakers: int


@dataclass(frozen=True, slots=True)
class UnitBatch:
    """Units by columns, as a search index takes them in; every sequence has one element a unit.

    `vectors` is float16, (units, dimension); `days` are ISO 8601 days of publication.
    """

    ids: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]
    owners: Sequence[str]
    publishers: Sequence[str | None]
    days: Sequence[str | None]
    speakers: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """The number of an archive's last change, and its random mark; 0 and 0 for none.

    The mark tells two archives apart that have been changed equally often.
    """

    generation: int
    mark: int


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a search index must take in to stand at `state` with the vectors of `model`.

    If `anew`, it forgets all first; then it forgets the units `removed` and takes in those `added`.
    """

    state: ArchiveState
    model: EmbeddingModel | None
    anew: bool
    removed: Sequence[range]
    added: Iterator[UnitBatch]
