"""Reasons are values; the English sentence of each names what the reason names."""

import string

import pytest

from retrieval.domain import FollowUpKind, FollowUpReading
from retrieval.errors import FetchFailed, ReadError
from retrieval.reasons import ENGLISH, Reason, ReasonCode


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_an_english_sentence_and_is_read_back_as_it_was_stored(code: ReasonCode) -> None:
    named = [name for _, name, _, _ in string.Formatter().parse(ENGLISH[code]) if name]
    reason = Reason.of(code, **{name: f"the {{{name}}} “here”" for name in named})
    assert all(f"the {{{name}}} “here”" in str(reason) for name in named)
    assert Reason.from_json(reason.to_json()) == reason


def test_an_error_tells_its_reason_in_english_and_keeps_the_value() -> None:
    error = FetchFailed("https://a.example", Reason.of(ReasonCode.TOO_LARGE, size="20 MB"))
    assert str(error) == "https://a.example: is larger than 20 MB"
    assert error.reason == Reason(ReasonCode.TOO_LARGE, (("size", "20 MB"),))
    assert ReadError("a.html", "is damaged").reason == Reason.stated("is damaged")


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (FollowUpReading(FollowUpKind.MORE, "Ada Brook"), "more by Ada Brook"),
        (FollowUpReading(FollowUpKind.AGAIN, "Ada Brook"), "reading 'that' as the words of Ada Brook above"),
        (FollowUpReading(FollowUpKind.AGAIN), "reading 'that' as the sentence above"),
        (FollowUpReading(FollowUpKind.PERSON, "Ada Brook", "she"), "reading 'she' as Ada Brook"),
        (FollowUpReading(FollowUpKind.TOPIC, "Ada Brook", topic="oil"), "asking what Ada Brook said about oil"),
        (FollowUpReading(FollowUpKind.SAME_QUESTION, topic="oil"), "asking the same of oil"),
        (FollowUpReading(FollowUpKind.SAME_QUESTION, "Tom Reed"), "asking the same of Tom Reed"),
    ],
)
def test_how_a_follow_up_was_read_is_told_in_english(reading: FollowUpReading, told: str) -> None:
    assert str(reading.reason) == told
