"""News outlets that carry words: the channel, and not the speaker, where the article names who said them."""

import pytest

from retrieval.domain import Speaker
from retrieval.quotes.extractor import Extractor


def first_speaker(extractor: Extractor, text: str) -> Speaker:
    speaker = extractor.extract(text)[0].speaker
    assert speaker is not None
    return speaker


@pytest.mark.parametrize(
    ("text", "name", "channel"),
    [
        ("“The roof leaks on the dancers,” Maren Holt told the Valley Post on Monday.", "Maren Holt", "Valley Post"),
        ("“This is stuff you see in films,” one witness said, according to CNN.", "one witness", "CNN"),
        (
            "Campaigner Maren Holt argued that jokes can “strip children of their confidence”, said The Telegraph.",
            "Maren Holt",
            "Telegraph",
        ),
        (
            "Maren Holt said in an interview with the Fair Rent Union that rents were “a scandal for the whole town”.",
            "Maren Holt",
            "Fair Rent Union",
        ),
        ("Maren Holt told Reuters that the roof would fall in.", "Maren Holt", "Reuters"),
    ],
)
def test_who_said_the_words_is_the_speaker_and_the_outlet_their_channel(
    extractor: Extractor, text: str, name: str, channel: str
) -> None:
    speaker = first_speaker(extractor, text)
    assert (speaker.name, speaker.channel) == (name, channel)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The roof leaks on the dancers,” said The Telegraph in a long report.", "Telegraph"),
        ("“The roof leaks on the dancers,” Maren Holt told the town council on Monday.", "Maren Holt"),
        ("“We sued the Valley Post over the roof,” said Maren Holt.", "Maren Holt"),
    ],
)
def test_an_outlet_that_speaks_itself_or_is_only_spoken_of_is_no_channel(
    extractor: Extractor, text: str, name: str
) -> None:
    speaker = first_speaker(extractor, text)
    assert (speaker.name, speaker.channel) == (name, None)
