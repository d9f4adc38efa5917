"""Words that somebody is told not to have said, or only might say, are not put in their mouth."""

import pytest

from retrieval.domain import Certainty, Kind
from retrieval.quotes.extractor import Extractor


@pytest.mark.parametrize(
    "text",
    [
        "Anna Weiss never said “we will close the harbour tomorrow”.",
        "Anna Weiss did not say “we will close the harbour tomorrow”, her office said.",
        "Anna Weiss denied saying that the plan was a “complete and utter disaster”.",
        "If Anna Weiss says “we will close the harbour tomorrow”, the mayor will resign.",
        "Anna Weiss should say “I am sorry for all of this”, the mayor demanded.",
        "“We will close the harbour tomorrow,” Anna Weiss is falsely claimed to have said.",
    ],
)
def test_whoever_did_not_say_the_words_is_not_named_beside_them(extractor: Extractor, text: str) -> None:
    [said] = [q for q in extractor.extract(text) if q.kind is not Kind.REPORTED]
    assert said.speaker is not None
    assert said.speaker.name != "Anna Weiss"
    assert said.speaker.certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "Anna Weiss did not only say “we will close the harbour tomorrow” but also waved.",
        "Anna Weiss answered, “Absolutely not in this house.”",
        "Anna Weiss will say “we have closed the harbour for you” in her speech today.",
        "Anna Weiss denied that the plan was a “complete and utter disaster”.",
    ],
)
def test_whoever_said_more_or_will_say_the_words_is_named_beside_them(extractor: Extractor, text: str) -> None:
    [said] = extractor.extract(text)
    assert said.speaker is not None
    assert said.speaker.name == "Anna Weiss"
