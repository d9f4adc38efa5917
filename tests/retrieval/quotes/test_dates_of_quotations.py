"""The day that is shown beside a quotation is the day of the words, or none."""

from datetime import date

import pytest

from retrieval.domain import Quotation, Span
from retrieval.quotes.dates import date_quotations
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser

THURSDAY = "2024-05-16"


def read(parser: Parser, text: str, speaker: str, published: str | None = THURSDAY) -> list[Quotation]:
    spans = find_quote_spans(text)
    start = text.index(speaker)
    mention = Span(start, start + len(speaker))
    quotations = [
        Quotation(span.inner, kind, mention=mention, utterance=span.utterance)
        for span, kind in zip(spans, classify_quotes(text, spans), strict=True)
    ]
    return list(date_quotations(quotations, parser.parse(text, spans), published))


@pytest.mark.parametrize(
    ("text", "basis", "day"),
    [
        ("“The bridge is safe,” Ms Orr said on Tuesday.", "Tuesday", date(2024, 5, 14)),
        ("On Monday, Ms Orr said the bridge was “safe as a house” again.", "Monday", date(2024, 5, 13)),
        ("Ms Orr told reporters yesterday that the bridge was “safe as a house”.", "yesterday", date(2024, 5, 15)),
        ("“The bridge is safe,” Ms Orr said in a statement on 3 May.", "3 May", date(2024, 5, 3)),
        ("Speaking on Wednesday, Ms Orr said: “The bridge is safe.”", "Wednesday", date(2024, 5, 15)),
    ],
)
def test_the_day_of_the_reporting_clause_is_the_day_of_the_words(
    parser: Parser, text: str, basis: str, day: date
) -> None:
    (quotation,) = read(parser, text, "Ms Orr")
    assert quotation.said_on == day
    assert quotation.said_on_basis is not None
    assert quotation.said_on_basis.of(text) == basis


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Ms Orr told reporters that troops had left on Monday “in good order and at night”.", id="reported"
        ),
        pytest.param("Ms Orr said the flood on Tuesday was “worse than we had feared”.", id="what is spoken of"),
        pytest.param("“The bridge fell on Monday,” Ms Orr said.", id="in the words themselves"),
        pytest.param("“The bridge is safe,” Ms Orr said.", id="not told"),
        pytest.param("“The bridge is safe,” Ms Orr said last week.", id="no single day"),
        pytest.param("Ms Orr said on Monday and again on Tuesday: “The bridge is safe.”", id="two days"),
    ],
)
def test_a_day_of_something_else_is_not_taken(parser: Parser, text: str) -> None:
    assert [quotation.said_on for quotation in read(parser, text, "Ms Orr")] == [None]


def test_an_utterance_that_goes_on_keeps_its_day(parser: Parser) -> None:
    text = "Ms Orr said on Tuesday: “The bridge is safe.\n\n“It was mended.\n\n“Use it.”"
    assert [quotation.said_on for quotation in read(parser, text, "Ms Orr")] == [date(2024, 5, 14)] * 3


def test_without_a_day_of_publication_a_weekday_tells_nothing(parser: Parser) -> None:
    (quotation,) = read(parser, "“The bridge is safe,” Ms Orr said on Tuesday.", "Ms Orr", published=None)
    assert (quotation.said_on, quotation.said_on_basis) == (None, None)
