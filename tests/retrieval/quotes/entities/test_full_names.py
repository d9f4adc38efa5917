"""A speaker bears the name that the article gives in full, without words in front that are no part of it."""

import pytest

from retrieval.quotes.extractor import Extractor

SAID = " “The ferry cannot sail before the harbour is dredged,” {} said."


def speaker(extractor: Extractor, text: str) -> str | None:
    found = [quotation for quotation in extractor.extract(text) if quotation.speaker]
    assert found[-1].speaker is not None
    return found[-1].speaker.name


@pytest.mark.parametrize(
    ("opening", "named", "name"),
    [
        ("As Kurier’s Anna Berger reported, the pier was closed on Monday.", "Berger", "Anna Berger"),
        ("Rovers DL Simon Harper came to the pier on Monday.", "Harper", "Simon Harper"),
        ("Maine Gov. Susan Brewer (R) came to the pier on Monday.", "Brewer", "Susan Brewer"),
        ("The study’s author Laura Singer came to the pier on Monday.", "Singer", "Laura Singer"),
        ("Stefan Kovalevsky came to the pier on Monday.", "Kovalesvky", "Stefan Kovalevsky"),
    ],
)
def test_the_name_has_its_first_name_and_nothing_in_front(
    extractor: Extractor, opening: str, named: str, name: str
) -> None:
    assert speaker(extractor, f"{opening}\n\n{SAID.format(named).strip()}") == name


def test_a_first_name_that_stands_only_inside_a_quotation_is_found(extractor: Extractor) -> None:
    text = "“We trust Peter Halloran as the captain of this ship,” the crew said.\n\n“I am tired,” Halloran said."
    assert speaker(extractor, text) == "Peter Halloran"


def test_another_first_name_is_another_person(extractor: Extractor) -> None:
    text = (
        "Simon Arthur Holm built the pier. His son Arthur Holm, 64, runs it.\n\n"
        "“It will stand for another hundred years,” Arthur Holm said."
    )
    assert speaker(extractor, text) == "Arthur Holm"


def test_one_of_many_keeps_the_number(extractor: Extractor) -> None:
    assert speaker(extractor, "“The water came through the door,” one witness said on Monday.") == "one witness"
