"""Whatever text comes in: exact words, spans that nest or stand apart, no error, linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.domain import Kind
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import QuoteSpan, find_quote_spans

MARKS = "\"'`“”„‟«»‹›‘’‚「」＂"
texts = st.one_of(st.text(), st.text(alphabet=MARKS + " \n\r.,:!?—()[]<>=aAsI0é", max_size=200))
pieces = st.lists(
    st.sampled_from(['"', "“", "”", "‘", "’", "'", "„", "«", "»", "We lost", " he said", ". ", ", ", "\n\n", " "])
).map("".join)


def nested(inner: QuoteSpan, outer: QuoteSpan) -> bool:
    return outer.inner.contains(inner.outer)


@given(texts | pieces)
@settings(max_examples=400, deadline=None)
def test_every_text_is_read_and_every_span_gives_back_words(text: str) -> None:
    spans = find_quote_spans(text)
    assert len(classify_quotes(text, spans)) == len(spans)
    for span in spans:
        words = span.inner.of(text)
        assert words
        assert words == words.strip()
        assert span.outer.contains(span.inner)
        assert words in text
        assert "\n\n" not in words


@given(texts | pieces)
@settings(max_examples=400, deadline=None)
def test_spans_come_in_order_and_nest_or_stand_apart(text: str) -> None:
    spans = find_quote_spans(text)
    assert [s.outer.start for s in spans] == sorted(s.outer.start for s in spans)
    for index, span in enumerate(spans):
        for other in spans[index + 1 :]:
            assert nested(other, span) or not span.outer.overlaps(other.outer)
        if span.parent is not None:
            assert span.parent < index
            assert nested(span, spans[span.parent])


@given(texts | pieces)
@settings(max_examples=200, deadline=None)
def test_utterances_are_numbered_from_nought_without_gaps(text: str) -> None:
    numbers = [span.utterance for span in find_quote_spans(text)]
    assert set(numbers) == set(range(len(set(numbers))))


@given(pieces)
@settings(max_examples=200, deadline=None)
def test_what_is_nested_stands_in_speech(text: str) -> None:
    spans = find_quote_spans(text)
    found = classify_quotes(text, spans)
    for span, kind in zip(spans, found, strict=True):
        if kind is Kind.NESTED:
            assert span.parent is not None
            assert found[span.parent] is not Kind.MENTION


def seconds(text: str) -> float:
    start = time.process_time()
    classify_quotes(text, find_quote_spans(text))
    return time.process_time() - start


ARTICLE = (
    "The bridge at Norrby stays closed, the council said on Monday.\n\n"
    "“We can’t open it before the ‘deep inspection’ is done,” said its engineer, Ada Lind. “It isn’t safe.\n\n"
    '“I drove over it myself," she added, "and I won\'t again."\n\n'
)


def test_an_article_of_a_megabyte_takes_seconds() -> None:
    assert seconds(ARTICLE * (1_000_000 // len(ARTICLE))) < 30


@pytest.mark.parametrize(
    "piece", ['"', '"a ', "'a ", "“", "“a. ", "„a ", "“a ‘b ", "''", "s' ", "“a,” b, ", "(", "<a", "\n ", ".", " ", "a"]
)
def test_time_grows_with_the_length_of_a_hostile_text(piece: str) -> None:
    short, long = (seconds(piece * (size // len(piece))) for size in (10_000, 80_000))
    assert long < 40 * max(short, 0.01)
