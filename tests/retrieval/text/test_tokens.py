"""Words are the same words whatever their case, apostrophes and typography."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.tokens import letters_only, vocabulary, words


def test_words_are_folded_and_keep_their_place() -> None:
    text = "It’s 4.30, ＷＥ SAID"
    assert [(word.key, word.span.of(text)) for word in words(text)] == [
        ("its", "It’s"),
        ("4.30", "4.30"),
        ("we", "ＷＥ"),
        ("said", "SAID"),
    ]


@given(st.text(max_size=200))
def test_the_vocabulary_is_the_set_of_words(text: str) -> None:
    assert vocabulary(text) >= {word.key for word in words(text) if word.key.isascii()}


def test_letters_alone_are_compared_without_punctuation_and_case() -> None:
    assert letters_only("“The Port’s ﬁre” – 2nd_day!") == "theportsfire2ndday"
