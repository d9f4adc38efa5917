from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Span
from retrieval.text.passages import (
    LEAST_WINDOW_WORDS,
    MAX_WINDOW_WORDS,
    MIN_PASSAGE_WORDS,
    context_of,
    passages,
    sentences,
    window_of,
    windows,
)

pieces = st.sampled_from(
    [
        "Mr. Smith left. ",
        "“No,” she said. ",
        "The U.S. agreed! ",
        "Why? ",
        "\n\n",
        "\n",
        "  ",
        "word ",
        "… ",
        "\t",
        "é",
        "😀 ",
    ]
)
texts = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=200)


def spans(text: str) -> st.SearchStrategy[list[Span]]:
    offsets = st.integers(0, len(text))
    return st.lists(st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair))), max_size=6)


def check_cover(text: str, found: tuple[Span, ...]) -> None:
    """Every character that isn't blank stands in exactly one span, in order."""
    assert all(first.end <= second.start for first, second in pairwise(found))
    covered = "".join(span.of(text) for span in found)
    assert "".join(covered.split()) == "".join(text.split())


@given(texts)
def test_sentences_hold_all_that_is_not_blank(text: str) -> None:
    found = sentences(text)
    check_cover(text, found)
    assert all(span.of(text) == span.of(text).strip() and "\n" not in span.of(text) for span in found)


@given(texts, st.data())
def test_passages_hold_every_sentence_whole_and_once(text: str, data: st.DataObject) -> None:
    lines = sentences(text)
    found = passages(text, lines, data.draw(spans(text)))
    check_cover(text, found)
    for line in lines:
        assert sum(span.contains(line) for span in found) == 1


@given(texts)
def test_windows_hold_every_sentence_once_and_are_short_enough(text: str) -> None:
    lines = sentences(text)
    around = windows(text, lines)
    check_cover(text, around)
    for window in around:
        whole = window in lines
        assert whole or len(window.of(text).split()) <= MAX_WINDOW_WORDS + LEAST_WINDOW_WORDS
        assert window.start in {line.start for line in lines}


def test_the_words_of_a_text_are_shared_out_to_windows_of_ninety_and_none_is_tiny() -> None:
    text = "\n".join(" ".join(f"word{number}" for number in range(20)) + "." for _ in range(9))
    assert [len(window.of(text).split()) for window in windows(text, sentences(text))] == [80, 100]


@given(texts, st.data())
def test_a_span_belongs_to_the_window_that_holds_most_of_it(text: str, data: st.DataObject) -> None:
    around = windows(text, sentences(text))
    for span in data.draw(spans(text)):
        shares = [min(each.end, span.end) - max(each.start, span.start) for each in around]
        if max(shares, default=0) > 0:
            assert window_of(around, span) == around[shares.index(max(shares))]


@given(texts, st.data())
def test_a_quotations_context_holds_it(text: str, data: st.DataObject) -> None:
    for span in data.draw(spans(text)):
        assert context_of(sentences(text), span).contains(span)


def test_a_quotation_of_several_sentences_is_not_cut() -> None:
    text = "The pier is shut for now. “It rusts. We mend it. It opens in May,” said Ada. Nobody else there spoke up."
    quoted = Span(text.index("It rusts"), text.index("May,”") + 4)
    assert [span.of(text) for span in passages(text, sentences(text), [quoted])] == [
        "The pier is shut for now.",
        "“It rusts. We mend it. It opens in May,” said Ada.",
        "Nobody else there spoke up.",
    ]


def test_a_very_long_quotation_is_cut_between_its_sentences() -> None:
    text = "“" + " ".join(f"This is sentence number {number} of the speech." for number in range(20)) + "”"
    found = passages(text, sentences(text), [Span(1, len(text) - 1)])
    assert len(found) == 20


def test_a_short_sentence_goes_with_the_one_before_but_not_over_a_line() -> None:
    text = "The harbour stays open all year. Why not?\nAnalysis\nThe fishermen are of another mind."
    assert MIN_PASSAGE_WORDS > 2
    assert [span.of(text) for span in passages(text, sentences(text), [])] == [
        "The harbour stays open all year. Why not?",
        "Analysis",
        "The fishermen are of another mind.",
    ]


def test_a_quotations_context_is_its_sentence_and_the_one_before() -> None:
    text = "Rain fell. The pier is closed. “It rusts,” said Brook, who knows it. Nobody spoke."
    quoted = Span(text.index("It rusts"), text.index("It rusts") + 9)
    assert context_of(sentences(text), quoted).of(text) == "The pier is closed. “It rusts,” said Brook, who knows it."


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_a_blank_text_has_none(text: str) -> None:
    assert sentences(text) == passages(text, (), []) == windows(text, ()) == ()
