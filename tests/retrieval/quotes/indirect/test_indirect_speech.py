"""Indirect speech: which clause is reported, by whom, and what is never taken for it."""

import pytest

from retrieval.domain import Certainty, Kind, Quotation
from retrieval.quotes.extractor import Extractor


def reported(extractor: Extractor, text: str) -> list[Quotation]:
    return [quotation for quotation in extractor.extract(text) if quotation.kind is Kind.REPORTED]


def clauses(extractor: Extractor, text: str) -> list[str]:
    return [quotation.span.of(text) for quotation in reported(extractor, text)]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Marta Quell said that the bridge would open in May.", "that the bridge would open in May"),
        ("Marta Quell said the bridge would open in May.", "the bridge would open in May"),
        ("The bridge will open in May, Marta Quell said.", "The bridge will open in May"),
        ("The bridge will open in May, according to Marta Quell.", "The bridge will open in May"),
        ("According to Marta Quell, the bridge will open in May.", "the bridge will open in May"),
        ("As Marta Quell noted, the bridge has two lanes.", "the bridge has two lanes"),
        ("Marta Quell told the council that the bridge was safe.", "that the bridge was safe"),
        ("Marta Quell promised to open the bridge in May.", "to open the bridge in May"),
        ("Marta Quell urged drivers to use the ferry.", "drivers to use the ferry"),
        ("Marta Quell called for a second bridge over the river.", "a second bridge over the river"),
        ("They rejected Marta Quell's claim that the bridge was safe.", "that the bridge was safe"),
        ("Marta Quell said those plans were not finished.", "those plans were not finished"),
        ("Marta Quell warned drivers not to use the bridge.", "drivers not to use the bridge"),
        ("Marta Quell explained: the bridge has two lanes.", "the bridge has two lanes"),
        ("NORRBY (NN) — The bridge will open in May, Marta Quell said.", "The bridge will open in May"),
        ("Norrby; it is old. The work (it is dear) will end, Marta Quell said.", "The work (it is dear) will end"),
    ],
)
def test_the_reported_clause_is_found(extractor: Extractor, text: str, clause: str) -> None:
    assert clause in clauses(extractor, text)


def test_a_clause_that_the_reporting_words_part_is_one_stretch(extractor: Extractor) -> None:
    text = "The bridge, Marta Quell said, will open in May."
    assert clauses(extractor, text) == ["The bridge, Marta Quell said, will open in May"]


@pytest.mark.parametrize(
    "text",
    [
        "The truth, Marta Quell said then, was that the bridge had cracks.",
        "Even then, Marta Quell said, the bridge was safe.",
        "The bridge, as Marta Quell noted in May, has two lanes.",
    ],
)
def test_what_stands_before_the_reporting_words_belongs_to_the_clause(extractor: Extractor, text: str) -> None:
    assert clauses(extractor, text) == [text[:-1]]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Marta Quell said the bridge was safe, while Olin Marsh said it was old.", "the bridge was safe"),
        ("Marta Quell said the bridge was safe and called it a model for others.", "the bridge was safe"),
        ("Marta Quell proposed raising the toll (which Olin Marsh supports).", "raising the toll"),
        ("Marta Quell urged drivers to use the ferry and repeatedly says it is free.", "drivers to use the ferry"),
    ],
)
def test_what_another_says_or_the_article_remarks_is_cut_off(extractor: Extractor, text: str, clause: str) -> None:
    assert clauses(extractor, text)[0] == clause


@pytest.mark.parametrize(
    "text",
    [
        "“We lost the match in the first half,” said retired goalkeeper Marta Quell, asked about the referee.",
        "“We lost the match in the first half,” Marta Quell said answering a question in the town hall.",
    ],
)
def test_behind_a_quotation_the_reporting_words_report_nothing_more(extractor: Extractor, text: str) -> None:
    assert clauses(extractor, text) == []


def test_the_clause_ends_where_another_report_begins(extractor: Extractor) -> None:
    text = "Marta Quell said the bridge was safe and promised to open it in May."
    assert clauses(extractor, text) == ["the bridge was safe", "to open it in May"]


def test_a_remark_of_the_article_is_left_out_of_the_clause(extractor: Extractor) -> None:
    text = "Marta Quell said the council had sold the old ferry, which sank in 1998."
    assert clauses(extractor, text) == ["the council had sold the old ferry"]


def test_a_report_within_a_report_is_left_out_as_second_hand(extractor: Extractor) -> None:
    text = "Marta Quell said that Olin had promised to pay for the bridge."
    assert clauses(extractor, text) == ["that Olin had promised to pay for the bridge"]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Quell did not say that the bridge was safe.",
        "Marta Quell might say that the bridge is safe.",
        "Marta Quell will say that the bridge is safe.",
        "If Marta Quell says that the bridge is safe, people will drive over it.",
        "Marta Quell denied that the bridge was unsafe.",
        "Marta Quell refused to say that the bridge was safe.",
    ],
)
def test_what_was_not_said_is_not_reported(extractor: Extractor, text: str) -> None:
    assert clauses(extractor, text) == []


def test_a_clause_with_quotation_marks_is_no_reported_speech(extractor: Extractor) -> None:
    text = 'Marta Quell said the old bridge was "a disgrace to every one of us" and unsafe.'
    assert clauses(extractor, text) == []


def test_nothing_inside_a_quotation_is_reported_again(extractor: Extractor) -> None:
    text = "\"Olin told me that the 'finest bridge in the land' was sinking into the mud,\" Marta Quell said."
    assert clauses(extractor, text) == []


def test_pronouns_and_surnames_get_the_fullest_name(extractor: Extractor) -> None:
    text = (
        "Marta Quell, the city's chief engineer, spoke on Monday. She said the bridge was safe.\n\n"
        "Quell said the ferry would go on."
    )
    found = reported(extractor, text)
    assert [q.speaker.name for q in found if q.speaker] == ["Marta Quell", "Marta Quell"]
    assert [q.mention.of(text) for q in found if q.mention] == ["She", "Quell"]


def test_groups_roles_and_organisations_may_report(extractor: Extractor) -> None:
    text = "Residents said the noise kept them awake. The transport ministry said the work would end in June."
    mentions = [q.mention.of(text) for q in reported(extractor, text) if q.mention]
    assert mentions == ["Residents", "The transport ministry"]


def test_the_naming_phrase_stands_even_where_the_speaker_is_unclear(extractor: Extractor) -> None:
    text = "We said that the bridge was safe."
    found = reported(extractor, text)
    assert [(q.mention and q.mention.of(text), q.speaker and q.speaker.certainty) for q in found] == [
        ("We", Certainty.UNCLEAR)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The old cracks suggest that the bridge is unsafe.",
        "Marta Quell and Olin Marsh said that the bridge was safe.",
    ],
)
def test_things_and_two_names_at_once_are_no_speaker(extractor: Extractor, text: str) -> None:
    (found,) = reported(extractor, text)
    assert found.mention is not None
    assert found.speaker is not None
    assert found.speaker.certainty is Certainty.UNCLEAR
    assert found.speaker.reason


def test_reported_clauses_have_utterances_of_their_own(extractor: Extractor) -> None:
    text = '"We are open," Marta Quell said. She said the ferry would go on. She added that it was free.'
    utterances = [quotation.utterance for quotation in extractor.extract(text)]
    assert len(set(utterances)) == len(utterances) == 3
