"""Marks that are missing: quotations over several paragraphs, reopened marks, forgotten ones."""

from retrieval.quotes.spans.scanner import find_quote_spans


def words(text: str) -> list[str]:
    return [span.inner.of(text) for span in find_quote_spans(text)]


def utterances(text: str) -> list[int]:
    return [span.utterance for span in find_quote_spans(text)]


def test_a_quotation_over_paragraphs_is_one_span_a_paragraph_and_one_utterance() -> None:
    text = "“We came by boat.\n\n“It took a week.\n\n“Nobody helped,” said Ms Orr.\n\n“Never,” said Mr Lee."
    assert words(text) == ["We came by boat.", "It took a week.", "Nobody helped,", "Never,"]
    assert utterances(text) == [0, 0, 0, 1]
    assert [span.paragraph for span in find_quote_spans(text)] == [0, 1, 2, 3]


def test_single_marks_too_may_be_closed_in_a_later_paragraph() -> None:
    text = "‘We came by boat. It’s far.\n\n‘It took a week,’ said Ms Orr."
    assert words(text) == ["We came by boat. It’s far.", "It took a week,"]
    assert utterances(text) == [0, 0]


def test_paragraphs_that_open_no_mark_of_their_own_belong_to_the_quotation() -> None:
    text = "The letter read:\n\n“We are leaving.\n\nThe house is sold.\n\nDon’t write.”\n\nNobody did."
    assert words(text) == ["We are leaving.", "The house is sold.", "Don’t write."]
    assert set(utterances(text)) == {0}


def test_marks_reopened_at_each_sentence_end_the_span_before() -> None:
    text = 'He said: "We lost. "We were tired. "It happens." The coach left.'
    assert words(text) == ["We lost.", "We were tired.", "It happens."]
    assert utterances(text) == [0, 0, 0]


def test_marks_closed_and_opened_at_once_are_one_utterance() -> None:
    text = '"We lost," he said. "We were tired." "It happens."'
    assert utterances(text) == [0, 1, 1]


def test_a_clause_may_interrupt_an_utterance() -> None:
    text = '"We lost," the coach said, "because we were tired." "No," he added.'
    assert words(text)[:2] == ["We lost,", "because we were tired."]
    assert utterances(text)[:2] == [0, 0]


def test_two_speakers_in_one_sentence_are_two_utterances() -> None:
    assert utterances('"Yes," said Ada, and Bo answered, "no."') == [0, 1]


def test_a_forgotten_closing_mark_takes_in_no_narration() -> None:
    text = 'She added: "I give the prize to the school. The match is on Friday. Tickets cost ten pounds.'
    assert words(text) == ["I give the prize to the school."]


def test_without_a_closing_mark_sentences_in_the_first_person_go_on() -> None:
    text = "“I give the prize to the school. We owe it to them. The match is on Friday."
    assert words(text) == ["I give the prize to the school. We owe it to them."]


def test_a_mark_that_closes_nothing_is_passed_over() -> None:
    assert words('We lost," he said. "We were tired."') == ["We were tired."]


def test_a_forgotten_closing_mark_doesnt_spoil_the_next_quotation() -> None:
    text = 'It was "a good plan that failed. Mr Lee added: "We will try again." He left.'
    assert words(text) == ["a good plan that failed.", "We will try again."]


def test_a_wrapped_text_keeps_a_quotation_over_its_lines_whole() -> None:
    text = (
        'The mayor spoke in the evening. "We have no money left and we\n'
        "will not borrow any, whatever the council may think about it\n"
        'in the end," she said.'
    )
    assert len(words(text)) == 1
    assert words(text)[0].endswith("in the end,")


def test_a_closing_mark_where_none_is_open_opens_a_quotation() -> None:
    assert words("“The pier is old,” Ms Orr said .”It was built by monks.”") == [
        "The pier is old,",
        "It was built by monks.",
    ]


def test_a_forgotten_mark_before_a_reporting_clause_stands_at_its_comma() -> None:
    text = '"We don\'t see this as a ban (yet), Ann Orr said, "but as a pause of the kind that boats need."'
    assert words(text)[0] == "We don't see this as a ban (yet),"
    assert words(text)[1].startswith("but as a pause")


def test_a_forgotten_single_mark_ends_with_the_words_around_it() -> None:
    assert words("“He told the court that ‘there was no boat,” she said.")[1:] == ["there was no boat,"]


def test_an_apostrophe_that_opens_words_inside_a_quotation_is_their_mark() -> None:
    assert words("“They said that they ’could not take a boat’”, she said.")[1:] == ["could not take a boat"]
