"""Which days the calendar words of a question mean."""

from datetime import date

import pytest

from retrieval.answering.questions.periods import find_period
from retrieval.answering.questions.understanding import understand
from retrieval.query import Period

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the dam in 2023", "2023-01-01", "2023-12-31"),
        ("the dam in March 2023", "2023-03-01", "2023-03-31"),
        ("the dam in february 2024", "2024-02-01", "2024-02-29"),
        ("the dam on 19 April 2024", "2024-04-19", "2024-04-19"),
        ("the dam on April 19th, 2024", "2024-04-19", "2024-04-19"),
        ("the dam on 2024-04-19", "2024-04-19", "2024-04-19"),
        ("the dam before 5 November 2024", None, "2024-11-04"),
        ("the dam until 2024", None, "2024-12-31"),
        ("the dam after June 2024", "2024-06-30", None),
        ("the dam since May", "2025-05-01", None),
        ("the dam since January", "2026-01-01", None),
        ("the dam between 2021 and 2023", "2021-01-01", "2023-12-31"),
        ("the dam last week", "2026-03-06", "2026-03-20"),
        ("the dam yesterday", "2026-03-18", "2026-03-20"),
        ("the dam two months ago", "2025-12-17", "2026-02-17"),
        ("the dam back in the summer of 2018", "2018-01-01", "2018-12-31"),
    ],
)
def test_calendar_words_are_a_period_and_no_words_to_look_for(text: str, first: str | None, last: str | None) -> None:
    period, rest = find_period(text, TODAY)
    assert period == Period(first and date.fromisoformat(first), last and date.fromisoformat(last))
    assert rest == "the dam"


@pytest.mark.parametrize("text", ["the dam", "it may hold", "in may's house", "by 40 per cent"])
def test_other_words_name_no_period(text: str) -> None:
    assert find_period(text, TODAY) == (None, text)


def test_a_numbers_of_days_without_end_is_no_error() -> None:
    period, _ = find_period("99999 years ago", TODAY)
    assert period is not None


def test_the_day_on_which_words_were_said_goes_before_the_articles() -> None:
    asked = understand("what did Brook say about the dam in 2023?", TODAY)
    assert asked.statement == "the dam"
    assert asked.wishes_met(None, "2024-01-02", said_on="2023-12-31") == 1
    assert asked.wishes_met(None, "2024-01-02") == 0
    assert asked.misses_period("2024-01-02", None, "The dam held.")
    assert not asked.misses_period("2024-01-02", None, "In 2023 the dam held.")
    assert not asked.misses_period(None, None, "The dam held.")


def test_a_year_stays_among_the_words_of_a_question_for_a_fact() -> None:
    asked = understand("what animal caused the outbreak of 2003?", TODAY)
    assert asked.period is None
    assert "2003" in asked.statement
