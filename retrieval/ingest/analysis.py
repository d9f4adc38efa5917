"""What is found in an article, and by which vectors: the costly step of ingest, made for worker processes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, Quotation, Span
from retrieval.embedding.encoder import Encoder
from retrieval.text.passages import context_of, passages, sentences, windows

Vector = npt.NDArray[np.float32]


class QuotationExtractor(Protocol):
    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """The quotations of an article's text, in its order, without what is nobody's words (Kind.MENTION)."""
        ...


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit to be: a passage, or a quotation. The words that are searched begin at `context`.

    Its vector is made of two: of its own `words`, and of its `surroundings`, which say what it is about. Each alone
    finds far less of what people ask for (CONTRIBUTING.md tells how to measure it).
    """

    span: Span
    context: int
    quotation: Quotation | None
    words: str
    surroundings: str

    @property
    def digest(self) -> bytes:
        """Of what its vector is made of."""
        return hashlib.blake2b(f"{self.words}\0{self.surroundings}".encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """An article, and the digests of the vectors that need not be made again."""

    article: Article
    known: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """`vectors` holds those of the pieces that weren't known, by digest."""

    pieces: tuple[UnitDraft, ...]
    vectors: dict[bytes, Vector]


def make_analyser(
    make_extractor: Callable[[], QuotationExtractor], encoder: Encoder
) -> Callable[[AnalysisRequest], ArticleAnalysis]:
    """Does all that costs time about an article. Picklable through functools.partial, if `make_extractor` is."""
    extractor = make_extractor()

    def work(request: AnalysisRequest) -> ArticleAnalysis:
        pieces = draft_units(request.article, extractor)
        new = {piece.digest: piece for piece in pieces if piece.digest not in request.known}
        return ArticleAnalysis(pieces, dict(zip(new, embed_units(list(new.values()), encoder), strict=True)))

    return work


def draft_units(article: Article, extractor: QuotationExtractor) -> tuple[UnitDraft, ...]:
    """The passages of an article, then its quotations."""
    text = article.text
    found = extractor.extract(text, published=article.published, language=article.language)
    lines = sentences(text)
    plain = passages(text, lines, [quotation.span for quotation in found])
    return (
        *(piece(article, span, None, window) for span, window in zip(plain, windows(text, plain), strict=True)),
        *(piece(article, quotation.span, quotation, context_of(lines, quotation.span)) for quotation in found),
    )


def piece(article: Article, span: Span, quotation: Quotation | None, surroundings: Span) -> UnitDraft:
    return UnitDraft(
        span=span,
        context=surroundings.start if quotation else span.start,
        quotation=quotation,
        words=span.of(article.text),
        surroundings=f"{article.title}. {surroundings.of(article.text)}",
    )


def embed_units(pieces: Sequence[UnitDraft], encoder: Encoder) -> Vector:
    """Float32, (len(pieces), dimension), of length 1: midway between what the words and the surroundings give."""
    if not pieces:
        return np.empty((0, 0), dtype=np.float32)
    texts = list(dict.fromkeys(text for piece in pieces for text in (piece.words, piece.surroundings)))
    row = {text: number for number, text in enumerate(texts)}
    encoded = encoder.encode(texts)
    mixed = encoded[[row[piece.words] for piece in pieces]] + encoded[[row[piece.surroundings] for piece in pieces]]
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)
