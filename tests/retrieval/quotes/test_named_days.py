"""Words that name a day are resolved against the day of publication, or left open."""

from datetime import date

import pytest

from retrieval.domain import Span
from retrieval.quotes.dates import NamedDay, PublicationDay, find_named_days

THURSDAY = "2024-05-16"


def days(text: str, published: str | None = THURSDAY) -> list[NamedDay]:
    return list(find_named_days(text, Span(0, len(text)), PublicationDay.of(published)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("said on Tuesday", date(2024, 5, 14)),
        ("said Thursday", date(2024, 5, 16)),
        ("said late on Sunday night", date(2024, 5, 12)),
        ("said last Saturday", date(2024, 5, 11)),
        ("said on Tuesday last week", date(2024, 5, 7)),
        ("said this Monday", date(2024, 5, 13)),
        ("said yesterday", date(2024, 5, 15)),
        ("said this morning", date(2024, 5, 16)),
        ("said last night", date(2024, 5, 15)),
        ("said on 2 May", date(2024, 5, 2)),
        ("said on May 2nd", date(2024, 5, 2)),
        ("said on Wednesday, 1 May", date(2024, 5, 1)),
        ("said on Dec. 24, 2019", date(2019, 12, 24)),
        ("said on the 3rd of June 2020", date(2020, 6, 3)),
    ],
)
def test_a_named_day_is_found(text: str, day: date) -> None:
    assert [named.day for named in days(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("will speak next Tuesday", id="to come"),
        pytest.param("speaks every Monday", id="again and again"),
        pytest.param("said on Friday", id="six days back or tomorrow"),
        pytest.param("said last Monday", id="this week or the one before"),
        pytest.param("said on 2 January", id="of some year"),
        pytest.param("said on 31 June 2023", id="no such day"),
    ],
)
def test_a_day_with_two_readings_stays_open(text: str) -> None:
    assert [named.day for named in days(text)] == [None]


def test_the_words_are_given_back() -> None:
    text = "The mayor said on Monday, 13 May, that it rained."
    assert [named.span.of(text) for named in days(text)] == ["Monday, 13 May"]


@pytest.mark.parametrize("text", ["the Today programme", "Sundays are quiet", "in May", "the 1990s"])
def test_what_names_no_day_is_passed_over(text: str) -> None:
    assert days(text) == []


def test_without_a_day_of_publication_only_full_dates_are_known() -> None:
    assert [named.day for named in days("on 3 June 2020, not on Monday", None)] == [date(2020, 6, 3), None]


def test_todays_date_is_in_doubt_shortly_after_midnight_in_universal_time() -> None:
    assert [named.day for named in days("said today", "2024-05-16 02:10:00+00:00")] == [None]
    assert [named.day for named in days("said today", "2024-05-16T02:10:00+09:00")] == [date(2024, 5, 16)]


@pytest.mark.parametrize("published", [None, "", "last week", "2024-13-40"])
def test_an_unreadable_day_of_publication_anchors_nothing(published: str | None) -> None:
    assert PublicationDay.of(published) is None
