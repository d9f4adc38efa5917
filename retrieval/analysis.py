"""What is worth finding in an article: its passages and quotations. The costly step, made for worker processes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from retrieval.articles import Article, Quotation, Span
from retrieval.passages import context, divide, embedding_text, sentences


class Extractor(Protocol):
    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """The quotations of an article's text, in its order, without what is nobody's words (Kind.MENTION)."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit to be: a passage, or a quotation. `embedded` is the text that its vector stands for."""

    span: Span
    context: int
    quotation: Quotation | None
    embedded: str


def analyst(make_extractor: Callable[[], Extractor]) -> Callable[[Article], tuple[Piece, ...]]:
    """An analysis with an extractor of its own; picklable, where `make_extractor` is, through functools.partial."""
    extractor = make_extractor()
    return lambda article: analyse(article, extractor)


def analyse(article: Article, extractor: Extractor) -> tuple[Piece, ...]:
    """The passages of an article, then its quotations."""
    text = article.text
    found = extractor.extract(text, published=article.published, language=article.language)
    lines = sentences(text)
    passages = divide(text, lines, (quotation.span for quotation in found))
    return (
        *(piece(article, span, span.start, None) for span in passages),
        *(piece(article, quotation.span, context(lines, quotation.span), quotation) for quotation in found),
    )


def piece(article: Article, span: Span, start: int, quotation: Quotation | None) -> Piece:
    return Piece(span, start, quotation, embedding_text(article.title, quotation, article.text[start : span.end]))
