from datetime import date

import pytest

from retrieval.questions import Asks, understand

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("who said the ferry was a coffin with a funnel?", Asks.WHO_SAID),
        ("which harbour master moaned about the tides?", Asks.WHO_SAID),
        ("what did Ada Brook say about the ferry?", Asks.WHAT_SAID),
        ("did ada brook say the ferry was safe?", Asks.DID_SAY),
        ("has the mayor ever claimed that the bridge would hold?", Asks.DID_SAY),
        ("how many people were on the ferry?", Asks.NUMBER),
        ("what percentage of the catch was thrown back?", Asks.NUMBER),
        ("when did the ferry sail?", Asks.DATE),
        ("which town does the ferry sail from?", Asks.PLACE),
        ("who built the lighthouse?", Asks.PERSON),
        ("what colour is the lighthouse?", Asks.OTHER),
    ],
)
def test_a_question_is_understood_by_what_it_asks_for(text: str, asks: Asks) -> None:
    assert understand(text, TODAY).asks is asks


def test_the_person_named_as_speaking_is_known_from_the_surname_in_any_case() -> None:
    asked = understand("what did harbour master ada brook say about the ferry?", TODAY)
    assert asked.names("Ada Brook")
    assert asked.names("Brook")
    assert not asked.names("Ada Stone")


def test_a_name_in_the_topic_is_not_the_speaker() -> None:
    asked = understand("did Tom Reed say Ada Brook had sunk the ferry?", TODAY)
    assert asked.names("Tom Reed")
    assert not asked.names("Ada Brook")


def test_a_publisher_counts_only_where_it_is_the_source() -> None:
    assert understand("what did Brook say in the Harbour Post?", TODAY).wishes_met("Harbour Post", None) == 1
    assert understand("who said the Harbour Post was a rag?", TODAY).wishes_met("Harbour Post", None) == 0


def test_last_week_prefers_recent_articles_and_unknown_dates_are_not_held_against_any() -> None:
    asked = understand("who said last week that the ferry was late?", TODAY)
    assert asked.wishes_met(None, "2026-03-12") == 1
    assert asked.wishes_met(None, "2025-03-12") == 0
    assert asked.wishes_met(None, None) == 0


@pytest.mark.parametrize(
    ("who", "speaker", "named"),
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
def test_another_first_name_before_the_surname_is_another_person(who: str, speaker: str, named: bool) -> None:
    assert understand(f"did {who} say the harbour was closed?", date(2026, 3, 1)).names(speaker) is named
