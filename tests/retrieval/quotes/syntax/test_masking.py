"""Long quotations are masked for the parser, and every token keeps its place in the article."""

import time

from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.masking import MaskedText, mask_quotes
from retrieval.quotes.syntax.parser import Parser

LONG = "The old pier will stay closed until the spring of next year,"


def masked(text: str) -> MaskedText:
    spans = [(index, span) for index, span in enumerate(find_quote_spans(text)) if span.parent is None]
    return mask_quotes(text, Span(0, len(text)), spans)


def test_a_sentence_and_a_fragment_have_placeholders_and_a_short_quotation_stays() -> None:
    assert masked(f'"{LONG}" Lee said.').text == '"Yes," Lee said.'
    assert masked(f'Lee called it "{LONG.lower()[:-1]}".').text == 'Lee called it "something".'
    assert masked('Lee called it "a bad day".').text == 'Lee called it "a bad day".'


def test_a_question_that_is_reported_ends_no_sentence() -> None:
    question = "Why will the old pier stay closed until spring?"
    assert masked(f'"{question}" Ms Lee asked.').text == '"Yes," Ms Lee asked.'
    assert masked(f'"{question}" The pier is old.').text == '"Yes?" The pier is old.'


def test_masked_words_stand_for_the_words_of_the_article() -> None:
    text = f'"{LONG}" Lee said.'
    found = masked(text)
    start = found.text.index("Lee")
    assert found.original(start, start + 3) == (Span(text.index("Lee"), text.index("Lee") + 3), None)
    yes = found.text.index("Yes")
    assert found.original(yes, yes + 3) == (Span(1, 1 + len(LONG)), 0)


@given(st.lists(st.sampled_from(['"', "“", "”", "‘", "’", "Why?", "Lee said", " ", "the old pier"]), max_size=40))
def test_every_run_stands_for_its_own_part_of_the_article(pieces: list[str]) -> None:
    text = " ".join(pieces)
    runs = masked(text).runs
    assert [run.original.start for run in runs] == sorted(run.original.start for run in runs)
    assert all(run.replaced or run.original.of(text) for run in runs)


def test_many_open_questions_and_blanks_are_masked_in_linear_time(parser: Parser) -> None:
    started = time.process_time()
    masked("‘And so the old pier stays shut…’ " * 8_000)
    parser.parse(" " * 100_000, ())
    assert time.process_time() - started < 20
