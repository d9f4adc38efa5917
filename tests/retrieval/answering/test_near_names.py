"""Whom a mistyped name means."""

from retrieval.answering.near_names import only_person


def test_two_forms_of_one_name_are_one_person_and_two_people_are_nobody() -> None:
    assert only_person(["Etheridge", "Bob Etheridge"]) == "Bob Etheridge"
    assert only_person(["Ada Brook", "Finn Brook"]) is None
    assert only_person([]) is None
