"""From a span of an article to a citation: the words, and what is shown beside them."""

from retrieval.domain import SURROUNDINGS, Article, Citation, Kind, Quotation, Span


def cite(
    article: Article, span: Span, score: float, quotation: Quotation | None = None, unit: int | None = None
) -> Citation:
    """Return the citation of `span`: as words of `quotation` if it is (a part of) one, else as the article's own text.

    `unit` is the quotation's row in the store.
    """
    start, end = _whole_words(article.text, span.start - SURROUNDINGS, span.end + SURROUNDINGS)
    return Citation(
        text=span.of(article.text),
        kind=quotation.kind if quotation else Kind.TEXT,
        span=span,
        speaker=quotation.speaker if quotation else None,
        said_on=quotation.said_on if quotation else None,
        article=article,
        before=article.text[start : span.start],
        after=article.text[span.end : end],
        score=score,
        quotation=unit if quotation else None,
    )


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the cuts inward to white space, so that the surroundings begin and end with whole words."""
    start, end = max(0, start), min(len(text), end)
    while 0 < start < end and not text[start - 1].isspace():
        start += 1
    while start < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
