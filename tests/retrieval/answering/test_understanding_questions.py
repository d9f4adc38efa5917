from datetime import date

import pytest

from retrieval.answering.questions.understanding import understand
from retrieval.domain import Certainty, Speaker, SpeakerKind
from retrieval.query import Query, QueryKind

TODAY = date(2026, 3, 20)


def speaker(name: str | None, role: str | None = None, certainty: Certainty = Certainty.CERTAIN) -> Speaker:
    return Speaker(name, role, SpeakerKind.PERSON, 0.9, certainty)


def named(asked: Query, name: str) -> bool:
    return asked.names(speaker(name))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("who said the ferry was a coffin with a funnel?", QueryKind.WHO_SAID),
        ("which harbour master moaned about the tides?", QueryKind.WHO_SAID),
        ("what did Ada Brook say about the ferry?", QueryKind.WHAT_SAID),
        ("did ada brook say the ferry was safe?", QueryKind.DID_SAY),
        ("has the mayor ever claimed that the bridge would hold?", QueryKind.DID_SAY),
        ("how many people were on the ferry?", QueryKind.NUMBER),
        ("what percentage of the catch was thrown back?", QueryKind.NUMBER),
        ("when did the ferry sail?", QueryKind.DATE),
        ("which town does the ferry sail from?", QueryKind.PLACE),
        ("who built the lighthouse?", QueryKind.PERSON),
        ("what colour is the lighthouse?", QueryKind.OTHER),
        ("which pub did the crew meet in?", QueryKind.NAME),
        ("what's the name of the ferry?", QueryKind.NAME),
        ("what year did the ferry sink?", QueryKind.DATE),
        ("was it Ada Brook who said the ferry was safe?", QueryKind.DID_SAY),
    ],
)
def test_a_question_is_understood_by_what_it_asks_for(text: str, asks: QueryKind) -> None:
    assert understand(text, TODAY).kind is asks


def test_the_person_named_as_speaking_is_known_from_the_surname_in_any_case() -> None:
    asked = understand("what did harbour master ada brook say about the ferry?", TODAY)
    assert named(asked, "Ada Brook")
    assert named(asked, "Brook")
    assert not named(asked, "Ada Stone")


def test_a_name_in_the_topic_is_not_the_speaker() -> None:
    asked = understand("did Tom Reed say Ada Brook had sunk the ferry?", TODAY)
    assert named(asked, "Tom Reed")
    assert not named(asked, "Ada Brook")


def test_a_publisher_counts_only_where_it_is_the_source() -> None:
    assert understand("what did Brook say in the Harbour Post?", TODAY).wishes_met("Harbour Post", None) == 1
    assert understand("who said the Harbour Post was a rag?", TODAY).wishes_met("Harbour Post", None) == 0


def test_last_week_prefers_recent_articles_and_unknown_dates_are_not_held_against_any() -> None:
    asked = understand("who said last week that the ferry was late?", TODAY)
    assert asked.wishes_met(None, "2026-03-12") == 1
    assert asked.wishes_met(None, "2025-03-12") == 0
    assert asked.wishes_met(None, None) == 0


@pytest.mark.parametrize(
    ("who", "name", "is_named"),
    [
        ("Tom Brook", "Ada Brook", False),
        ("tom brook", "Ada Brook", False),
        ("Tom Brook", "Thomas Brook", True),
        ("Tom Brook", "T. Brook", True),
        ("Tom Brook", "Brook", True),
        ("Brook", "Ada Brook", True),
        ("Councillor Brook", "Ada Brook", True),
        ("US senator Ada Brook", "Ada Brook", True),
    ],
)
def test_another_first_name_before_the_surname_is_another_person(who: str, name: str, is_named: bool) -> None:
    assert understand(f"did {who} say the harbour was closed?", TODAY).names(speaker(name)) is is_named


@pytest.mark.parametrize(
    ("who", "told", "is_named", "is_another"),
    [
        ("the mayor", speaker("Ada Brook", "mayor"), True, False),
        ("the mayor of Port Callan", speaker("Ada Brook", "mayor"), True, False),
        ("callans mayor", speaker("Ada Brook", "mayor"), True, False),
        ("the mayor", speaker("Ada Brook", "harbour master"), False, True),
        ("the mayor", speaker("Ada Brook"), False, False),
        ("Tom Reed", speaker("Ada Brook", "mayor"), False, True),
        ("Tom Reed", speaker("Ada Brook", "mayor", Certainty.PROBABLE), False, False),
        ("Eve Lake", speaker("Ada Brook", "mayor", Certainty.PROBABLE), False, True),
        ("Tom Reed", speaker(None, None, Certainty.UNCLEAR), False, False),
    ],
)
def test_a_role_counts_and_another_speaker_only_where_the_asked_one_is_out_of_the_question(
    who: str, told: Speaker, is_named: bool, is_another: bool
) -> None:
    asked = understand(f"did {who} say the harbour was closed?", TODAY)
    assert asked.names(told) is is_named
    assert asked.names_another(told, "Brook met Reed at the harbour.") is is_another


def test_who_denied_something_is_asked_for_a_denial() -> None:
    assert understand("who denied that the bridge would stay shut?", TODAY).denies
    assert not understand("who said that the bridge would stay shut?", TODAY).denies
    assert not understand("how many reports were denied?", TODAY).denies
