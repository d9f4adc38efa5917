"""Somebody's words are told from titles, names, labels and scare quotes."""

import pytest

from retrieval.domain import Kind
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import find_quote_spans


def kind(text: str) -> list[Kind]:
    return list(classify_quotes(text, find_quote_spans(text)))


@pytest.mark.parametrize(
    "text",
    [
        "“The dam will hold,” the engineer said.",
        'The engineer was blunt. "It will not hold. Leave now."',
        'The notice read: "No swimming today."',
        "‘We have no money left’: mayor\n\nMore below.",
        '"Hopefully," she said, "it will hold."',
    ],
)
def test_whole_sentences_are_direct_speech(text: str) -> None:
    assert set(kind(text)) == {Kind.DIRECT}


@pytest.mark.parametrize(
    "text",
    [
        'The engineer said the dam was "about to give way".',
        'She called the plan "a waste of money" and left.',
        'Ms Orr described the talks as "difficult".',
        'The minister promised "swift and fair" help.',
        'Ms Orr complained about what she called "an insult".',
        "Engineer condemns what he calls a ‘shabby compromise’\n\nMore below.",
        "The guidance tells people to keep water for a ‘few days.’",
        'The keepers concurred that it was a "lovely" zoo.',
    ],
)
def test_fragments_in_a_reporting_sentence_are_mixed(text: str) -> None:
    assert kind(text) == [Kind.MIXED]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('Her novel "The Long Winter" sold well.', id="title"),
        pytest.param('The band opened with a song called "slow river".', id="song"),
        pytest.param('Bo "Hammer" Falk won the fight.', id="nickname"),
        pytest.param('The so-called "shadow fleet" sails at night.', id="so-called"),
        pytest.param('In Latin the word "veritas" means truth.', id="word as a word"),
        pytest.param('She argued for the concept of "green debt" in parks.', id="concept"),
        pytest.param('The lane, she said, was known as the "widow maker".', id="known as"),
        pytest.param('The firm said it would launch a new "quiet mode" in May.', id="new term"),
        pytest.param("She said the sign had lost the letter 'a' in the storm.", id="letter"),
        pytest.param('The town opened its "smart" benches in May.', id="scare quote"),
        pytest.param("Emissions fell (see ‘The cost of growth’).", id="reference"),
        pytest.param('The row was headed "(applause)".', id="stage direction"),
        pytest.param('The field author="1474387200" was empty.', id="markup"),
    ],
)
def test_titles_names_and_scare_quotes_are_nobodys_words(text: str) -> None:
    assert kind(text) == [Kind.MENTION]


def test_words_quoted_inside_speech_are_nested() -> None:
    assert kind("“The guard said, ‘Nobody leaves,’ and locked it,” Ms Orr recalled.") == [Kind.DIRECT, Kind.NESTED]


def test_a_label_inside_speech_is_a_mention() -> None:
    assert kind("“It is the ‘green zone’ of the town,” Ms Orr said.") == [Kind.DIRECT, Kind.MENTION]


def test_a_word_in_a_side_clause_of_who_says_nothing_is_a_scare_quote() -> None:
    text = 'The ministry said its ships had left after the admiral declared victory over "pirates" in the strait.'
    assert kind(text) == [Kind.MENTION]
