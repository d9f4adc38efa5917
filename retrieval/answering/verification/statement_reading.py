"""What an entailment reader reads of a question "did X say …?" and of the words that may answer it. Pure."""

from retrieval.domain import Article, Kind, Quotation, Span
from retrieval.query import Query
from retrieval.text.passages import overlapping_sentences
from retrieval.text.statements.reported import asserts

FEWEST_WORDS = 8
"""Words that a quotation must have to be read without its sentence."""


def read_statement(statement: str, verb: str) -> str:
    """Return the statement as it is read: behind a verb that asserts alone, behind another with the verb."""
    return statement if asserts(verb) and statement else f"{verb} {statement}".strip()


def asked_statement(query: Query) -> str:
    """Return the statement of a question "did X say …?" as it is read."""
    return read_statement(query.statement, query.verb or "say")


def read_words(article: Article, span: Span, quotation: Quotation | None) -> str:
    """Return the words at `span` as they are read: those of a fragment and of reported speech with their sentence."""
    words = span.of(article.text)
    if quotation is not None and quotation.kind is Kind.DIRECT and len(words.split()) >= FEWEST_WORDS:
        return words
    around = overlapping_sentences(article.text, span) or (span,)
    return article.text[min(around[0].start, span.start) : max(around[-1].end, span.end)]
