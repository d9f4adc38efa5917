"""Only somebody can speak: things, illnesses, labels and picture credits are never named as speakers."""

import pytest

from retrieval.domain import Certainty
from retrieval.quotes.extractor import Extractor

REFUSED = [
    ("Fossil fuels were the theme. Fossil fuels called it “the greatest trick ever played on us”.", "fuels"),
    ("The COVID-19 wave came. COVID-19 hit with “lower levels of care than we had ever seen” in town.", "covid"),
    ("QUESTION: “Will you stay in office for the winter?”", "question"),
    ('"WANTED: A tall man with a red coat. Call the harbour office if seen."', "wanted"),
    ("Another story ran for weeks. A different story had “the whole town on its feet at midnight”.", "story"),
    ("Holding signs and singing, the crowd moved on. “Give us back our pier and our bridge!”", "signs"),
    ("The bridge fell. Marine Institute/SRI/Ada Brook/Kelsey Sand\n\n“It was a long and cold night.”", "institute"),
]


@pytest.mark.parametrize(("text", "word"), REFUSED)
def test_what_cannot_speak_is_not_named(extractor: Extractor, text: str, word: str) -> None:
    names = [q.speaker.name for q in extractor.extract(text) if q.speaker and q.speaker.name]
    assert not [name for name in names if word in name.casefold()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The road is ours,” the plaintiffs said.", "plaintiffs"),
        ("“The road is ours,” said the city.", "city"),
        ("“Look for a red car,” the alert said.", "alert"),
        ("“The road is ours,” the lobbyists said.", "lobbyists"),
    ],
)
def test_groups_bodies_and_documents_are_named(extractor: Extractor, text: str, name: str) -> None:
    speaker = extractor.extract(text)[0].speaker
    assert speaker is not None
    assert speaker.name == name


def test_a_thing_of_no_known_kind_is_probable_at_best(extractor: Extractor) -> None:
    speaker = extractor.extract("“The road is ours,” said the scarecrow.")[0].speaker
    assert speaker is not None
    assert (speaker.name, speaker.certainty) == ("scarecrow", Certainty.PROBABLE)


def test_a_name_in_a_picture_credit_is_not_part_of_the_name_in_the_article(extractor: Extractor) -> None:
    text = (
        "An ice volcano. Marine Institute/SRI/Ada Brook/Kelsey Sand\n\n"
        "Study author Kelsey Sand leads the team. “The features look very different,” Sand said."
    )
    speaker = extractor.extract(text)[0].speaker
    assert speaker is not None
    assert speaker.name == "Kelsey Sand"
