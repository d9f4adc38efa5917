"""What a sentence reports of a named person is read, denials too, and only of that person."""

import pytest

from retrieval.text.statements.comparison import Relation
from retrieval.text.statements.reported import compare_report, relation_under


@pytest.mark.parametrize(
    ("name", "verb", "statement", "sentence", "relation"),
    [
        ("Ada Brook", "deny", "the report", "Brook also denied a paper's report that oars were sold.", Relation.SAME),
        ("Brook", "deny", "the report", "Ada Brook did not deny the report.", Relation.OPPOSITE),
        ("Brook", "say", "the pier would close", "Ada Brook, the mayor, said the pier would close.", Relation.SAME),
        ("Brook", "say", "the pier would close", "Brook denied that the pier would close.", Relation.OPPOSITE),
        ("Brook", "say", "the pier would close", "Brook asked whether the pier would close.", None),
        ("Brook", "praise", "the crew", "On Monday Brook praised the crew of the ferry.", Relation.SAME),
        ("Brook", "praise", "the crew", "On Monday Brook blamed the crew of the ferry.", None),
        ("Brook", "say", "the pier would close", "Brook's lawyer said the pier would close.", None),
        ("Brook", "say", "the pier would close", "The lawyer of Ada Brook said the pier would close.", None),
        ("Brook", "say", "the pier would close", "Tom Reed said the pier would close.", None),
    ],
)
def test_reports_count_for_their_subject(
    name: str, verb: str, statement: str, sentence: str, relation: Relation | None
) -> None:
    match = compare_report(name, verb, statement, sentence)
    assert (match.relation if match else None) is relation


@pytest.mark.parametrize(
    ("lead", "relation"),
    [
        ("Brook said ", Relation.SAME),
        ("He denied ", Relation.OPPOSITE),
        ("She did not say ", Relation.OTHER),
        ("Asked whether ", Relation.OTHER),
    ],
)
def test_what_governs_reported_speech_is_heeded(lead: str, relation: Relation) -> None:
    assert relation_under(lead, Relation.SAME) is relation
