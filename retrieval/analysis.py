"""What is worth finding in an article: its passages and quotations. The costly step, made for worker processes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from retrieval.articles import Article, Quotation, Span
from retrieval.passages import context, passages, sentences, windows


class Extractor(Protocol):
    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """The quotations of an article's text, in its order, without what is nobody's words (Kind.MENTION)."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit to be: a passage, or a quotation. The words that are searched begin at `context`.

    Its vector is made of two: of its own `words`, and of its `surroundings`, which say what it is about. Each alone
    finds far less of what people ask for (CONTRIBUTING.md tells how to measure it).
    """

    span: Span
    context: int
    quotation: Quotation | None
    words: str
    surroundings: str


def analyst(make_extractor: Callable[[], Extractor]) -> Callable[[Article], tuple[Piece, ...]]:
    """An analysis with an extractor of its own; picklable, where `make_extractor` is, through functools.partial."""
    extractor = make_extractor()
    return lambda article: analyse(article, extractor)


def analyse(article: Article, extractor: Extractor) -> tuple[Piece, ...]:
    """The passages of an article, then its quotations."""
    text = article.text
    found = extractor.extract(text, published=article.published, language=article.language)
    lines = sentences(text)
    plain = passages(text, lines, [quotation.span for quotation in found])
    return (
        *(piece(article, span, None, window) for span, window in zip(plain, windows(text, plain), strict=True)),
        *(piece(article, quotation.span, quotation, context(lines, quotation.span)) for quotation in found),
    )


def piece(article: Article, span: Span, quotation: Quotation | None, surroundings: Span) -> Piece:
    return Piece(
        span=span,
        context=surroundings.start if quotation else span.start,
        quotation=quotation,
        words=span.of(article.text),
        surroundings=f"{article.title}. {surroundings.of(article.text)}",
    )
