"""Analyse an article: find its passages and quotations and embed them. The costly step, for worker processes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, Quotation, Span
from retrieval.embedding.encoder import Encoder
from retrieval.text.passages import context_of, passages, sentences, window_of, windows

Vector = npt.NDArray[np.float32]

NEARLY_ALL = 0.9
"""Share of a passage's characters from which a quotation in it stands for all of it."""

_FIRST = "first"


class QuotationExtractor(Protocol):
    """Finds the quotations of a text."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """Return the quotations of an article's text in its order, without titles and scare quotes (Kind.MENTION)."""
        ...


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit without its vector: a passage, or a quotation. The words that are searched begin at `context`.

    Its vector is the mean of two: that of its own `words`, and that of its `surroundings`, which say what it is about.
    Each alone finds far less of what people ask for (CONTRIBUTING.md tells how to measure it). All units of a window
    have the same surroundings, so that the model reads these once.
    """

    span: Span
    context: int
    quotation: Quotation | None
    words: str
    surroundings: str

    @property
    def digest(self) -> bytes:
        """Return the digest of what the vector is made of, 16 bytes."""
        return hashlib.blake2b(f"{self.words}\0{self.surroundings}".encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """An article to analyse, and the digests of vectors that are known."""

    article: Article
    known: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """The units of an article, and by digest the vectors that weren't known."""

    drafts: tuple[UnitDraft, ...]
    vectors: dict[bytes, Vector]


def make_analyser(
    make_extractor: Callable[[], QuotationExtractor], encoder: Encoder
) -> Callable[[AnalysisRequest], ArticleAnalysis]:
    """Return the function that worker processes run; `make_extractor` is called once, and must be picklable."""
    extractor = make_extractor()
    encoder.encode([_FIRST])  # loads the model, so that no article's time is taken for it

    def work(request: AnalysisRequest) -> ArticleAnalysis:
        drafts = draft_units(request.article, extractor)
        new = {draft.digest: draft for draft in drafts if draft.digest not in request.known}
        return ArticleAnalysis(drafts, dict(zip(new, embed_units(list(new.values()), encoder), strict=True)))

    return work


def draft_units(article: Article, extractor: QuotationExtractor) -> tuple[UnitDraft, ...]:
    """Return the passages of an article, then its quotations."""
    text = article.text
    found = extractor.extract(text, published=article.published, language=article.language)
    lines = sentences(text)
    quoted = [quotation.span for quotation in found]
    around = windows(text, lines)
    plain = [
        UnitDraft(span, span.start, None, _own_words(span, quoted).of(text), _surroundings(article, around, span))
        for span in passages(text, lines, quoted)
    ]
    said = [
        UnitDraft(
            quotation.span,
            context_of(lines, quotation.span).start,
            quotation,
            quotation.span.of(text),
            _surroundings(article, around, quotation.span),
        )
        for quotation in found
    ]
    return (*plain, *said)


def _own_words(passage: Span, quoted: Sequence[Span]) -> Span:
    """Return the quotation that is nearly all of a passage, so that both are read once, else the passage."""
    nearly = NEARLY_ALL * (passage.end - passage.start)
    return next((span for span in quoted if passage.contains(span) and span.end - span.start >= nearly), passage)


def _surroundings(article: Article, windows: Sequence[Span], span: Span) -> str:
    return f"{article.title}. {window_of(windows, span).of(article.text)}"


def embed_units(drafts: Sequence[UnitDraft], encoder: Encoder) -> Vector:
    """Return float32 vectors of length 1, (len(drafts), dimension): the normalised mean of both texts' vectors."""
    if not drafts:
        return np.empty((0, 0), dtype=np.float32)
    texts = list(dict.fromkeys(text for draft in drafts for text in (draft.words, draft.surroundings)))
    row = {text: number for number, text in enumerate(texts)}
    encoded = encoder.encode(texts)
    mixed = encoded[[row[draft.words] for draft in drafts]] + encoded[[row[draft.surroundings] for draft in drafts]]
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)
